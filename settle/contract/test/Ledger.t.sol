// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Challenges} from "../src/Challenges.sol";
import {Header} from "../src/Header.sol";
import {Ledger} from "../src/Ledger.sol";
import {Payment, Usage} from "../src/Records.sol";
import {Earned, Spent} from "../src/Step.sol";
import {Tree} from "../src/Tree.sol";
import {SparseTree} from "./Book.sol";
import {WithLedger} from "./WithLedger.sol";

contract LedgerTest is WithLedger {
    function test_fees_reach_who_earned_them() public {
        add(usage(PAYER, 10_003, 1));
        add(usage(PAYER, 77, 2));
        post();
        Header memory h = book.getHeader();
        vm.expectRevert(abi.encodeWithSelector(Ledger.TooEarly.selector, block.timestamp + 1 days));
        ledger.finalizeEpoch(h);
        finish();

        // 10,003: stakers 1500, storage 500, workers 2000, owners 1000 + 2251, data 2250 as 1500 and 750, rest 502.
        // 77: 11, 3, 15, 7 + 17, 17 as 11 and 5, rest 8.
        uint96[7] memory want = [uint96(502 + 8), 1500 + 11, 500 + 3, 2000 + 15, 3251 + 24, 1500 + 11, 750 + 5];
        uint256 sum;
        for (uint32 i = 0; i < 7; ++i) {
            eq(book.earnedLeaf(i).earned, want[i], "earned");
            sum += want[i];
        }
        eq(sum, 10_080, "the fees");

        address worker = vm.addr(WORKER);
        Earned memory mine = book.claimLeaf(3);
        ledger.claim(digest(h), h.earnedRoot, 3, packed(mine), mine.path);
        eq(token.balanceOf(worker), 2015, "claimed");
        Earned memory leaf = book.earnedLeaf(3);
        vm.expectRevert(Ledger.NothingToClaim.selector);
        ledger.claim(digest(h), h.earnedRoot, 3, packed(leaf), leaf.path);
        leaf = book.earnedLeaf(5);
        vm.expectRevert(Ledger.WrongLeaf.selector);
        ledger.claim(digest(h), h.earnedRoot, 5, packed(leaf), leaf.path);
        leaf = book.earnedLeaf(4);
        leaf.earned += 1;
        vm.expectRevert(Ledger.WrongLeaf.selector);
        ledger.claim(digest(h), h.earnedRoot, 4, packed(leaf), leaf.path);
        eq(ledger.totalClaimed(), 2015, "total");
    }

    function test_claims_go_to_the_payout_address() public {
        vm.prank(vm.addr(WORKER));
        staking.setPayout(address(0xc01d));
        add(usage(PAYER, 100, 1));
        post();
        finish();
        uint32[] memory places = new uint32[](2);
        uint256[] memory leaves = new uint256[](2);
        (places[0], places[1]) = (3, 4);
        (leaves[0], leaves[1]) = (packed(book.earnedLeaf(3)), packed(book.earnedLeaf(4)));
        bytes32[] memory proof = book.joined(places);
        Header memory h = book.getHeader();
        ledger.claimMany(digest(h), h.earnedRoot, places, leaves, proof);
        ledger.claimMany(digest(h), h.earnedRoot, places, leaves, proof); // nothing left, nothing lost
        eq(token.balanceOf(address(0xc01d)), 20, "worker");
        eq(token.balanceOf(address(0xbeef)), 10 + 23, "owner");
    }

    function test_pools_pay_out() public {
        vm.prank(poster);
        ledger.enroll();
        add(usage(PAYER, 10_000, 1));
        post();
        book.next();
        Payment memory p = payment(1000);
        book.pay(p);
        vm.warp(block.timestamp + 1 minutes);
        post();
        Challenges.Claim memory c = book.claimOf(0);
        Earned[] memory e = opened(0);
        vm.expectRevert(Challenges.StepIsRight.selector);
        challenges.provePayment(c, p, e);
        eq(book.earnedLeaf(5).distributed, 1000, "distributed");
        eq(book.earnedLeaf(7).earned, 999, "contributor");
    }

    function test_deposits_leave_after_the_epochs_that_could_spend_them() public {
        address payer = vm.addr(PAYER);
        add(usage(PAYER, 600_000, 1));
        post();
        vm.prank(payer);
        ledger.exit(700_000); // 400,000 are left
        eq(ledger.limitOf(1, 2), 1_000_000, "limit of the next epoch");
        eq(ledger.limitOf(1, 3), 300_000, "limit after it");
        finish();
        Header memory h = book.getHeader();
        Spent memory spent = book.spentLeaf(1);
        vm.expectRevert(abi.encodeWithSelector(Ledger.TooEarly.selector, 2));
        vm.prank(payer);
        ledger.withdraw(h, spent, payer);
        book.next();
        post();
        finish();
        h = book.getHeader();
        spent = book.spentLeaf(2);
        vm.expectRevert(Ledger.WrongLeaf.selector);
        vm.prank(payer);
        ledger.withdraw(h, spent, payer);
    }

    function test_withdraw() public {
        address payer = vm.addr(PAYER);
        add(usage(PAYER, 600_000, 1));
        post();
        vm.prank(payer);
        ledger.exit(700_000);
        finish();
        book.next();
        post();
        finish();
        Header memory h = book.getHeader();
        Spent memory spent = book.spentLeaf(1);
        vm.prank(payer);
        ledger.withdraw(h, spent, address(0xcafe));
        eq(token.balanceOf(address(0xcafe)), 400_000, "what was not spent");
        eq(ledger.limitOf(1, 3), 600_000, "the limit is what was spent");
    }

    function test_pause_ends_by_itself() public {
        ledger.pause();
        Header memory h = book.getHeader();
        uint256 until = block.timestamp + 7 days;
        vm.expectRevert(abi.encodeWithSelector(Ledger.IsPaused.selector, until));
        ledger.claimMany(digest(h), h.earnedRoot, new uint32[](0), new uint256[](0), new bytes32[](0));
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(Ledger.TooEarly.selector, until + 30 days));
        ledger.pause();
    }

    function test_only_governance_changes_the_split() public {
        vm.expectRevert();
        vm.prank(watcher);
        ledger.setSplit(split);
        uint16[6] memory other = [uint16(10_000), 0, 0, 0, 0, 0];
        ledger.setSplit(other);
        eq(ledger.splitOf(1)[0], 500, "the next epoch has the old one");
        eq(ledger.splitOf(2)[0], 10_000, "the one after it the new one");
        other[1] = 1;
        vm.expectRevert(Ledger.BadSplit.selector);
        ledger.setSplit(other);
    }

    /// @dev A place has 24 bits; bits above them would be another place with the same path.
    function test_nobody_claims_twice_by_another_name_of_a_place() public {
        add(usage(PAYER, 10_003, 1));
        post();
        finish();
        Header memory h = book.getHeader();
        Earned memory full = book.earnedLeaf(3);
        ledger.claim(digest(h), h.earnedRoot, 3, packed(full), full.path);
        vm.expectRevert(Tree.BadPath.selector);
        ledger.claim(digest(h), h.earnedRoot, 3 + (1 << 24), packed(full), full.path);
        Earned memory short = book.claimLeaf(4);
        vm.expectRevert(Tree.BadPath.selector);
        ledger.claim(digest(h), h.earnedRoot, 4 + (1 << 24), packed(short), short.path);
        vm.expectRevert(Tree.BadPath.selector); // another place of a larger tree
        ledger.claim(digest(h), h.earnedRoot, 4 + (1 << 10), packed(short), short.path);
        full.path = new bytes32[](25);
        vm.expectRevert(Tree.BadPath.selector);
        ledger.claim(digest(h), h.earnedRoot, 3, packed(full), full.path);
        ledger.claim(digest(h), h.earnedRoot, 4, packed(short), short.path);
        vm.expectRevert(abi.encodeWithSelector(Ledger.NotFinal.selector, 1));
        ledger.claim("else", h.earnedRoot, 4, packed(short), short.path);
    }

    function test_claims_that_are_none() public {
        add(usage(PAYER, 10_003, 1));
        post();
        finish();
        Header memory h = book.getHeader();
        (bytes32 d, bytes32 root) = (digest(h), h.earnedRoot);
        // Nobody's leaf is that of an empty place, whatever it says that it earned.
        bytes32[] memory path = book.earnedLeaf(9).path;
        vm.expectRevert(Ledger.WrongLeaf.selector);
        ledger.claim(d, root, 9, 1000, path);
        uint32[] memory places = new uint32[](3);
        uint256[] memory leaves = new uint256[](3);
        (places[0], places[1], places[2]) = (3, 4, 9);
        (leaves[0], leaves[1], leaves[2]) = (packed(book.earnedLeaf(3)), packed(book.earnedLeaf(4)), 1000);
        bytes32[] memory proof = book.joined(places);
        vm.expectRevert(Ledger.WrongLeaf.selector);
        ledger.claimMany(d, root, places, leaves, proof);

        places = new uint32[](2);
        leaves = new uint256[](2);
        uint256 leaf = packed(book.earnedLeaf(3));
        (places[0], places[1]) = (3, 3); // twice
        (leaves[0], leaves[1]) = (leaf, leaf);
        proof = book.joined(places);
        vm.expectRevert(Tree.BadPath.selector);
        ledger.claimMany(d, root, places, leaves, proof);
        (places[0], places[1]) = (3, 3 + (1 << 24));
        proof = book.joined(places);
        vm.expectRevert(Tree.BadPath.selector);
        ledger.claimMany(d, root, places, leaves, proof);
        (places[0], places[1]) = (4, 3); // not ascending
        (leaves[0], leaves[1]) = (packed(book.earnedLeaf(4)), leaf);
        proof = book.joined(places);
        vm.expectRevert(Tree.BadPath.selector);
        ledger.claimMany(d, root, places, leaves, proof);
        (places[0], places[1]) = (3, 4);
        (leaves[0], leaves[1]) = (leaf, packed(book.earnedLeaf(4)) + 1);
        proof = book.joined(places);
        vm.expectRevert(Ledger.WrongLeaf.selector);
        ledger.claimMany(d, root, places, leaves, proof);
        leaves[1] -= 1;
        ledger.claimMany(d, root, places, leaves, proof);
        eq(ledger.totalClaimed(), ledger.claimed(3) + ledger.claimed(4), "claimed");
    }

    function test_short_paths_lead_to_the_same_root() public {
        SparseTree tree = new SparseTree(9);
        for (uint256 n = 0; n < 40; ++n) {
            tree.set(n, keccak256(abi.encode(n)));
            uint256 i = n * 7 % (n + 1);
            bytes32 leaf = keccak256(abi.encode(i));
            eq(step.climb(leaf, i, tree.shortPath(i), 9), tree.root(), "short");
            eq(step.climb(leaf, i, tree.path(i), 9), tree.root(), "full");
        }
        bytes32[] memory p = tree.shortPath(3);
        eq(p.length, 6, "40 leaves take 6 levels");
    }

    function testFuzz_parts_sum_to_the_fee(uint96 fee, uint32 gain, uint96[4] memory weights) public view {
        Usage memory u = usage(PAYER, fee, 1);
        u.result.gain = gain;
        for (uint256 i = 0; i < 4; ++i) {
            u.result.credits[i].weight = weights[i];
        }
        uint256[] memory amounts = step.divide(u, split);
        uint256 sum;
        for (uint256 i = 0; i < amounts.length; ++i) {
            sum += amounts[i];
        }
        eq(sum, fee, "sum");
    }
}
