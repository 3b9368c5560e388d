// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {Staking} from "../src/Staking.sol";

/// @dev The part of forge's cheat codes that the tests use.
interface Vm {
    function addr(uint256 key) external pure returns (address);
    function assume(bool condition) external pure;
    function expectPartialRevert(bytes4 selector) external;
    function expectRevert() external;
    function expectRevert(bytes calldata data) external;
    function expectRevert(bytes4 selector) external;
    function prank(address sender) external;
    function roll(uint256 number) external;
    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function startPrank(address sender) external;
    function stopPrank() external;
    function warp(uint256 time) external;
}

/// @dev What every test starts from.
abstract contract Base {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function eq(uint256 got, uint256 want, string memory what) internal pure {
        require(got == want, string.concat(what, ": got ", dec(got), ", want ", dec(want)));
    }

    function eq(address got, address want, string memory what) internal pure {
        require(got == want, what);
    }

    function eq(bytes32 got, bytes32 want, string memory what) internal pure {
        require(got == want, what);
    }

    /// @dev Makes somebody a judge of a Staking contract, as a deployment does.
    function letJudge(AccessManager manager, Staking staking, address judge) internal {
        bytes4[] memory judged = new bytes4[](3);
        (judged[0], judged[1], judged[2]) = (Staking.slash.selector, Staking.lock.selector, Staking.unlock.selector);
        manager.setTargetFunctionRole(address(staking), judged, 1);
        manager.grantRole(1, judge, 0);
    }

    function dec(uint256 x) internal pure returns (string memory) {
        if (x == 0) return "0";
        bytes memory digits;
        for (; x > 0; x /= 10) {
            digits = abi.encodePacked(uint8(48 + x % 10), digits);
        }
        return string(digits);
    }

    function signature(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }
}
