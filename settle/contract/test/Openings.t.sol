// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Openings, Pin, Scores} from "../src/Openings.sol";
import {Credit, Distribution, Records} from "../src/Records.sol";
import {Sibling, SumTree} from "../src/SumTree.sol";
import {WithLedger} from "./WithLedger.sol";

contract DistributionHasher {
    function hash(Distribution calldata d) external pure returns (bytes32) {
        return Records.hash(d);
    }
}

contract OpeningsTest is WithLedger {
    Openings internal openings;
    DistributionHasher internal hasher = new DistributionHasher();

    uint96 internal constant ASK = 1 ether;
    uint96 internal constant PENALTY = 100 ether;

    // Scores 30, 50, 20 of three accounts.
    bytes32[3] internal accounts = [bytes32(uint256(0xa1)), bytes32(uint256(0xa2)), bytes32(uint256(0xa3))];
    uint96[3] internal scores = [uint96(30), 50, 20];

    function setUp() public override {
        super.setUp();
        openings = new Openings(address(manager), ledger, Openings.Terms(ASK, PENALTY, 1 hours, 6000));
        letJudge(manager, staking, address(openings));
        vm.prank(watcher);
        token.approve(address(openings), type(uint256).max);
    }

    // A piece of five leaves.

    function leafOf(uint256 i) internal pure returns (bytes memory data) {
        data = new bytes(i == 4 ? 100 : 1024);
        for (uint256 k = 0; k < data.length; ++k) {
            data[k] = bytes1(uint8(k * 7 + i));
        }
    }

    function length(uint256 n) internal pure returns (bytes8) {
        return bytes8(bytes1(uint8(n))) | bytes8(bytes1(uint8(n >> 8))) >> 8;
    }

    function digestOf(uint256 i) internal pure returns (bytes32) {
        bytes memory data = leafOf(i);
        return sha256(abi.encodePacked(uint8(0), length(data.length), data));
    }

    function node(bytes32 l, bytes32 r) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(uint8(1), l, r));
    }

    function pin() internal view returns (Pin memory p) {
        bytes32 four = node(node(digestOf(0), digestOf(1)), node(digestOf(2), digestOf(3)));
        p.piece = sha256(abi.encodePacked(uint8(4), length(5), node(four, digestOf(4))));
        p.leaves = 5;
        p.until = uint64(block.timestamp + 30 days);
    }

    function pathOf(uint256 i) internal pure returns (bytes32[] memory p) {
        if (i == 4) {
            p = new bytes32[](1); // promoted twice
            p[0] = node(node(digestOf(0), digestOf(1)), node(digestOf(2), digestOf(3)));
            return p;
        }
        p = new bytes32[](3);
        p[0] = digestOf(i ^ 1);
        p[1] = i < 2 ? node(digestOf(2), digestOf(3)) : node(digestOf(0), digestOf(1));
        p[2] = digestOf(4);
    }

    function ask(Pin memory p, uint64 leaf) internal returns (bytes32) {
        bytes memory s = signature(POSTER, openings.pinOf(p));
        vm.prank(watcher);
        return openings.askPin(p, s, leaf);
    }

    function test_a_pinner_that_has_the_piece_shows_any_leaf() public {
        Pin memory p = pin();
        for (uint64 i = 0; i < 5; ++i) {
            bytes32 key = ask(p, i);
            vm.expectRevert(abi.encodeWithSelector(Openings.TooEarly.selector, block.timestamp + 1 hours + 1));
            openings.proveSilent(key);
            bytes32[] memory path = pathOf(i);
            openings.answerPin(p, poster, i, leafOf(i), path);
            eq(token.balanceOf(poster), (i + 1) * ASK, "the bond is the pinner's");
            vm.warp(block.timestamp + 2 hours);
            vm.expectRevert(Openings.NotAsked.selector);
            openings.proveSilent(key);
            vm.expectRevert(Openings.NotAsked.selector); // an old answer
            openings.answerPin(p, poster, i, leafOf(i), path);
        }
        eq(staking.bondedOf(poster), 5 * BOND, "nothing is slashed");
    }

    function test_a_pinner_that_lost_it_is_slashed_once() public {
        Pin memory p = pin();
        uint256 before = token.balanceOf(watcher);
        bytes32 key = ask(p, 2);
        bytes32 another = ask(p, 3);
        refusedAs2(p, leafOf(3), pathOf(2));
        refusedAs2(p, leafOf(3), pathOf(3));
        refusedAs2(p, leafOf(2), pathOf(4));
        refusedAs2(p, leafOf(2), new bytes32[](4));
        refusedAs2(p, new bytes(1025), pathOf(2));
        vm.expectRevert(Openings.AlreadyAsked.selector);
        this.askAgain(p, 2);
        vm.warp(block.timestamp + 1 hours + 1);
        openings.proveSilent(key);
        eq(staking.bondedOf(poster), 5 * BOND - PENALTY, "slashed");
        eq(token.balanceOf(watcher), before - ASK + PENALTY * 3 / 10, "bond and reward");
        openings.proveSilent(another);
        eq(staking.bondedOf(poster), 5 * BOND - PENALTY, "once");
        eq(token.balanceOf(watcher), before + PENALTY * 3 / 10, "the other bond");
        vm.expectRevert(Openings.AlreadyConvicted.selector);
        this.askAgain(p, 1);
        eq(token.balanceOf(address(openings)), 0, "nothing is left");
    }

    function refusedAs2(Pin memory p, bytes memory data, bytes32[] memory path) internal {
        vm.expectRevert(Openings.WrongLeaf.selector);
        openings.answerPin(p, poster, 2, data, path);
    }

    function askAgain(Pin memory p, uint64 leaf) external {
        ask(p, leaf);
    }

    function test_questions_that_are_none() public {
        Pin memory p = pin();
        bytes memory s = signature(POSTER, openings.pinOf(p));
        vm.expectRevert(abi.encodeWithSelector(Openings.NoSuchLeaf.selector, 5));
        openings.askPin(p, s, 5);
        vm.expectRevert(Openings.NotSigned.selector);
        openings.askPin(p, "", 0);
        vm.warp(p.until + 1);
        vm.expectRevert(Openings.Expired.selector);
        openings.askPin(p, s, 0);
    }

    // A distribution of 1001 by the scores: 300.3, 500.5 and 200.2.

    function sumNode(bytes32 l, uint96 ls, bytes32 r, uint96 rs) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(5), l, ls, r, rs));
    }

    function sumLeaf(uint256 i) internal view returns (bytes32) {
        return keccak256(abi.encodePacked(bytes9(0x002c00000000000000), accounts[i], scores[i]));
    }

    function sumPath(uint256 i) internal view returns (Sibling[] memory p) {
        p = new Sibling[](SumTree.DEPTH);
        if (i < 2) {
            p[0] = Sibling(sumLeaf(1 - i), scores[1 - i]);
            p[1] = Sibling(sumNode(sumLeaf(2), scores[2], 0, 0), scores[2]);
        } else {
            p[1] = Sibling(sumNode(sumLeaf(0), scores[0], sumLeaf(1), scores[1]), scores[0] + scores[1]);
        }
        bytes32 empty = sumNode(0, 0, 0, 0);
        for (uint256 k = 2; k < SumTree.DEPTH; ++k) {
            empty = sumNode(empty, 0, empty, 0);
            p[k] = Sibling(empty, 0);
        }
    }

    function scoresOf() internal view returns (Scores memory s) {
        bytes32 root = sumLeaf(0);
        uint96 sum = scores[0];
        Sibling[] memory p = sumPath(0);
        for (uint256 k = 0; k < p.length; ++k) {
            root = sumNode(root, sum, p[k].hash, p[k].sum);
            sum += p[k].sum;
        }
        return Scores(root, sum, 1001, 3);
    }

    function distribution(uint96 a, uint96 b, uint96 c) internal view returns (Distribution memory d) {
        d.pool = "pool";
        d.epoch = 1;
        d.amount = a + b + c;
        d.evidence = keccak256(abi.encode(scoresOf()));
        d.credits = new Credit[](3);
        (d.credits[0].account, d.credits[1].account, d.credits[2].account) = (accounts[0], accounts[1], accounts[2]);
        (d.credits[0].weight, d.credits[1].weight, d.credits[2].weight) = (a, b, c);
    }

    function signed(Distribution memory d) internal view returns (bytes memory) {
        return signature(POSTER, typed(hasher.hash(d)));
    }

    function test_an_honest_distribution_convicts_nobody() public {
        Distribution memory d = distribution(300, 501, 200);
        Scores memory s = scoresOf();
        eq(s.total, 100, "total");
        bytes memory x = signed(d);
        for (uint256 i = 0; i < 3; ++i) {
            Sibling[] memory p = sumPath(i);
            vm.expectRevert(Openings.ShareIsRight.selector);
            openings.provePadded(d, x, i, s, accounts[i], scores[i], p);
            vm.expectRevert(Openings.ShareIsRight.selector);
            openings.proveOverCap(d, x, i, s);
            vm.expectRevert(Openings.WrongLeaf.selector);
            openings.provePadded(d, x, i, s, accounts[i], scores[i] + 1, p);
            vm.prank(watcher);
            openings.askScore(d, x, i);
            openings.answerScore(d, x, i, s, accounts[i], scores[i], p);
        }
        eq(token.balanceOf(poster), 3 * ASK, "for the answers");
        Sibling[] memory q = sumPath(0);
        s.total += 1;
        vm.expectRevert(Openings.WrongEvidence.selector);
        openings.provePadded(d, x, 0, s, accounts[0], scores[0], q);
        vm.expectRevert(abi.encodeWithSelector(Openings.NoSuchLeaf.selector, 3));
        openings.provePadded(d, x, 3, s, accounts[0], scores[0], q);
    }

    function convict(Distribution memory d, uint256 i, Scores memory s) internal {
        bytes memory x = signed(d);
        uint256 before = token.balanceOf(watcher);
        Sibling[] memory p = sumPath(i);
        vm.prank(watcher);
        openings.provePadded(d, x, i, s, accounts[i], scores[i], p);
        eq(token.balanceOf(watcher) - before, PENALTY * 3 / 10, "reward");
        eq(staking.bondedOf(poster), 5 * BOND - PENALTY, "bond");
        vm.expectRevert(Openings.AlreadyConvicted.selector);
        openings.provePadded(d, x, i, s, accounts[i], scores[i], p);
    }

    function test_defect_pays_more_than_a_score() public {
        convict(distribution(302, 499, 200), 0, scoresOf()); // 301 would be rounded up
    }

    function test_defect_pays_another_account() public {
        Distribution memory d = distribution(300, 501, 200);
        d.credits[1].account = "mine";
        convict(d, 1, scoresOf());
    }

    function test_defect_credits_beyond_the_scores() public {
        Distribution memory d = distribution(300, 501, 200);
        d.part = 1;
        convict(d, 0, scoresOf());
    }

    function test_defect_a_total_that_is_too_small() public {
        Scores memory s = scoresOf();
        s.total = 50;
        Distribution memory d = distribution(600, 201, 200);
        d.evidence = keccak256(abi.encode(s));
        convict(d, 0, s);
    }

    function test_defect_pays_more_than_the_pot() public {
        Scores memory s = scoresOf();
        s.pot = 1000;
        Distribution memory d = distribution(300, 501, 200);
        d.evidence = keccak256(abi.encode(s));
        convict(d, 0, s);
    }

    function test_defect_over_the_cap() public {
        Distribution memory d = distribution(300, 601, 100);
        bytes memory x = signed(d);
        Scores memory s = scoresOf();
        vm.prank(watcher);
        openings.proveOverCap(d, x, 1, s);
        eq(staking.bondedOf(poster), 5 * BOND - PENALTY, "bond");
        vm.expectRevert(Openings.AlreadyConvicted.selector);
        openings.proveOverCap(d, x, 1, s);
    }

    function test_defect_scores_that_nobody_can_open() public {
        Distribution memory d = distribution(300, 501, 200);
        d.evidence = "nothing";
        bytes memory x = signed(d);
        vm.prank(watcher);
        bytes32 key = openings.askScore(d, x, 0);
        Scores memory s = scoresOf();
        Sibling[] memory p = sumPath(0);
        vm.expectRevert(Openings.WrongEvidence.selector);
        openings.answerScore(d, x, 0, s, accounts[0], scores[0], p);
        vm.warp(block.timestamp + 1 hours + 1);
        openings.proveSilent(key);
        eq(staking.bondedOf(poster), 5 * BOND - PENALTY, "bond");
    }

    function test_a_padded_share_is_no_answer() public {
        Distribution memory d = distribution(302, 499, 200);
        bytes memory x = signed(d);
        vm.prank(watcher);
        openings.askScore(d, x, 0);
        Scores memory s = scoresOf();
        Sibling[] memory p = sumPath(0);
        vm.expectRevert(Openings.WrongShare.selector);
        openings.answerScore(d, x, 0, s, accounts[0], scores[0], p);
    }
}
