// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {OpenToken} from "../src/OpenToken.sol";
import {Base} from "./Base.sol";

contract OpenTokenTest is Base {
    OpenToken internal token = new OpenToken(address(this));

    function test_supply() public view {
        eq(token.totalSupply(), 1e27, "supply");
        eq(token.balanceOf(address(this)), 1e27, "holder");
        eq(token.decimals(), 18, "decimals");
    }

    function test_votes_count_at_a_timestamp() public {
        vm.warp(1000);
        eq(token.clock(), 1000, "clock");
        eq(keccak256(bytes(token.CLOCK_MODE())), keccak256("mode=timestamp"), "mode");
        token.transfer(address(7), 5);
        vm.prank(address(7));
        token.delegate(address(8));
        vm.warp(1010);
        eq(token.getPastVotes(address(8), 1005), 5, "votes");
    }

    function testFuzz_permit(uint256 key, uint96 value) public {
        key = 1 + key % 1e30;
        address owner = vm.addr(key);
        bytes32 hash = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                owner,
                address(9),
                value,
                0,
                block.timestamp
            )
        );
        bytes32 digest = keccak256(abi.encodePacked("\x19\x01", token.DOMAIN_SEPARATOR(), hash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        token.permit(owner, address(9), value, block.timestamp, v, r, s);
        eq(token.allowance(owner, address(9)), value, "allowance");
        eq(token.nonces(owner), 1, "nonce");
    }
}
