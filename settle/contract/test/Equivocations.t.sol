// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Equivocations} from "../src/Equivocations.sol";
import {Credit, Result} from "../src/Records.sol";
import {WithLedger} from "./WithLedger.sol";

/// @dev Result hashes, with calldata arguments.
import {Records} from "../src/Records.sol";

contract ResultHasher {
    function hash(Result calldata r) external pure returns (bytes32) {
        return Records.hash(r);
    }
}

contract EquivocationsTest is WithLedger {
    uint64 internal constant NETWORK = 7;
    uint96 internal constant PENALTY = 100 ether;
    uint256 internal constant RECEIPT = 17;

    Equivocations internal equivocations;
    ResultHasher internal hasher = new ResultHasher();

    function setUp() public override {
        super.setUp();
        equivocations = new Equivocations(address(manager), ledger, NETWORK, PENALTY, 1 << RECEIPT);
        letJudge(manager, staking, address(equivocations));
    }

    function sealedHeader(uint256 kind, bytes32 subject, uint64 sequence, bytes32 payload)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodePacked("openledger/1", NETWORK, uint32(kind), subject, sequence, payload);
    }

    function sign(uint256 key, bytes memory header) internal pure returns (bytes memory) {
        return signature(key, sha256(header));
    }

    function convicted(uint256 before) internal view {
        eq(staking.bondedOf(poster), 5 * BOND - PENALTY, "bond");
        eq(token.balanceOf(watcher) - before, PENALTY * 3 / 10, "reward");
        eq(token.balanceOf(staking.BURN()), PENALTY * 7 / 10, "burned");
    }

    function test_two_records_of_one_place() public {
        bytes memory a = sealedHeader(RECEIPT, "job", 5, "one");
        bytes memory b = sealedHeader(RECEIPT, "job", 5, "two");
        (bytes memory x, bytes memory y) = (sign(POSTER, a), sign(POSTER, b));
        uint256 before = token.balanceOf(watcher);
        vm.prank(watcher);
        equivocations.proveRecords(a, x, b, y);
        convicted(before);
        vm.expectRevert(Equivocations.AlreadyConvicted.selector);
        equivocations.proveRecords(b, y, a, x);
        bytes memory c = sealedHeader(RECEIPT, "job", 5, "three");
        bytes memory z = sign(POSTER, c);
        vm.expectRevert(Equivocations.AlreadyConvicted.selector); // the place costs once
        equivocations.proveRecords(a, x, c, z);
    }

    function test_honest_records_convict_nobody() public {
        bytes memory a = sealedHeader(RECEIPT, "job", 5, "one");
        bytes memory x = sign(POSTER, a);
        vm.expectRevert(Equivocations.NotAContradiction.selector);
        equivocations.proveRecords(a, x, a, x);
        bytes memory b = sealedHeader(RECEIPT, "job", 6, "two");
        bytes memory y = sign(POSTER, b);
        vm.expectRevert(Equivocations.NotOnePlace.selector);
        equivocations.proveRecords(a, x, b, y);
        b = sealedHeader(RECEIPT, "job", 5, "two");
        y = sign(PAYER, b);
        vm.expectRevert(Equivocations.NotOneSigner.selector);
        equivocations.proveRecords(a, x, b, y);
        vm.expectRevert(Equivocations.NotOneSigner.selector);
        equivocations.proveRecords(a, "", b, "");
        vm.expectRevert(abi.encodeWithSelector(Equivocations.NotAnOffence.selector, 1));
        equivocations.proveRecords(sealedHeader(1, "", 0, "one"), x, sealedHeader(1, "", 0, "two"), y);
        a = abi.encodePacked("openledger/1", NETWORK + 1, uint32(RECEIPT), bytes32("job"), uint64(5), bytes32("one"));
        vm.expectRevert(Equivocations.NotARecord.selector);
        equivocations.proveRecords(a, x, a, x);
        vm.expectRevert(Equivocations.NotARecord.selector);
        equivocations.proveRecords("", x, b, y);
    }

    function test_who_has_no_stake_can_be_convicted_later() public {
        bytes memory a = sealedHeader(RECEIPT, "job", 5, "one");
        bytes memory b = sealedHeader(RECEIPT, "job", 5, "two");
        (bytes memory x, bytes memory y) = (sign(PAYER2, a), sign(PAYER2, b));
        vm.expectRevert(Equivocations.NothingStaked.selector);
        equivocations.proveRecords(a, x, b, y);
        staking.stakeFor(vm.addr(PAYER2), 10);
        equivocations.proveRecords(a, x, b, y);
        eq(staking.totalStake(), 5 * BOND, "all of it is taken");
    }

    function result(bytes32 output) internal pure returns (Result memory r) {
        r.request = "request";
        r.output = output;
        r.credits = new Credit[](1);
        r.credits[0] = Credit("account", 1, 1);
    }

    function test_two_results_for_one_request() public {
        (Result memory a, Result memory b) = (result("one"), result("two"));
        bytes memory x = signature(POSTER, typed(hasher.hash(a)));
        bytes memory y = signature(POSTER, typed(hasher.hash(b)));
        vm.expectRevert(Equivocations.NotAContradiction.selector);
        equivocations.proveResults(a, x, a, x);
        Result memory other = result("two");
        other.request = "another";
        vm.expectRevert(Equivocations.NotOnePlace.selector);
        equivocations.proveResults(a, x, other, y);
        bytes memory z = signature(PAYER, typed(hasher.hash(b)));
        vm.expectRevert(Equivocations.NotOneSigner.selector);
        equivocations.proveResults(a, x, b, z);
        uint256 before = token.balanceOf(watcher);
        vm.prank(watcher);
        equivocations.proveResults(a, x, b, y);
        convicted(before);
        vm.expectRevert(Equivocations.AlreadyConvicted.selector);
        equivocations.proveResults(b, y, a, x);
    }

    function test_only_governance_sets_what_it_costs() public {
        vm.expectRevert();
        vm.prank(watcher);
        equivocations.setTerms(1, 1);
        equivocations.setTerms(1, 2);
        eq(equivocations.types(), 2, "types");
    }
}
