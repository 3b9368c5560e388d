// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Registry} from "../src/Registry.sol";
import {Base} from "./Base.sol";

contract RegistryTest is Base {
    Registry internal registry = new Registry();

    function test_an_item_and_what_it_is_made_of() public {
        bytes32[] memory none = new bytes32[](0);
        bytes32 data = registry.register(Registry.Kind.Datanet, "owasp", "v1", 0, none);
        bytes32[] memory parents = new bytes32[](1);
        parents[0] = data;
        vm.warp(77);
        vm.prank(address(5));
        bytes32 adapter = registry.register(Registry.Kind.Adapter, 0, "a", "s", parents);
        Registry.Item memory item = registry.item(adapter);
        eq(item.owner, address(5), "owner");
        eq(uint256(item.kind), uint256(Registry.Kind.Adapter), "kind");
        eq(item.registeredAt, 77, "time");
        eq(item.splits, "s", "splits");

        vm.expectRevert(abi.encodeWithSelector(Registry.AlreadyRegistered.selector, data));
        registry.register(Registry.Kind.Datanet, "owasp", "v1", 0, none);
        vm.prank(address(6)); // another owner, another item
        require(registry.register(Registry.Kind.Datanet, "owasp", "v1", 0, none) != data, "same id");
    }

    function test_refusals() public {
        bytes32[] memory parents = new bytes32[](1);
        parents[0] = "nobody";
        vm.expectRevert(abi.encodeWithSelector(Registry.UnknownParent.selector, bytes32("nobody")));
        registry.register(Registry.Kind.Model, 0, "m", 0, parents);
        vm.expectRevert(Registry.NoDigest.selector);
        registry.register(Registry.Kind.Model, 0, 0, 0, new bytes32[](0));
        vm.expectRevert(abi.encodeWithSelector(Registry.TooManyParents.selector, 65));
        registry.register(Registry.Kind.Model, 0, "m", 0, new bytes32[](65));
    }
}
