// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Challenges} from "../src/Challenges.sol";
import {Header} from "../src/Header.sol";
import {Ledger} from "../src/Ledger.sol";
import {Payment, Records, Usage} from "../src/Records.sol";
import {Earned, Spent} from "../src/Step.sol";
import {Book} from "./Book.sol";
import {WithLedger} from "./WithLedger.sol";

/// @dev Who posts what and when, what is demanded and what is forced in.
contract EpochsTest is WithLedger {
    function test_post_refuses() public {
        add(usage(PAYER, 100, 1));
        Header memory h = book.getHeader();
        Header memory g = book.getPrevious();
        bytes32[] memory path = book.lastPath();
        h.epoch = 2;
        vm.expectRevert(abi.encodeWithSelector(Ledger.NotNext.selector, 2, 1));
        ledger.post(h, g, path);
        h.epoch = 1;
        h.previous = "else";
        vm.expectRevert(Ledger.WrongPrevious.selector);
        ledger.post(h, g, path);
        h.previous = book.getHeader().previous;
        h.totalSpent = 1_000_051;
        vm.expectRevert(abi.encodeWithSelector(Ledger.SpendsMoreThanDeposited.selector, 1_000_051, 1_000_050));
        ledger.post(h, g, path);
        h.totalSpent = 99;
        vm.expectRevert(Ledger.WrongTrace.selector);
        ledger.post(h, g, path);
        h.totalSpent = 100;
        vm.expectRevert(abi.encodeWithSelector(Ledger.NotBonded.selector, 0, BOND));
        ledger.post(h, g, path);
        post();
        h = book.getHeader();
        vm.expectRevert(abi.encodeWithSelector(Ledger.NotNext.selector, 1, 2));
        ledger.post(h, g, path);
        h.data = "other";
        vm.expectRevert(abi.encodeWithSelector(Ledger.NotPosted.selector, 1));
        ledger.finalizeEpoch(h);
    }

    function test_the_leader_posts_first() public {
        address other = vm.addr(32);
        staking.stakeFor(other, BOND);
        vm.prank(other);
        ledger.join(0);
        eq(ledger.leaderOf(1), other, "leader");
        post(); // nobody waits for the first
        book.next();
        Header memory h = book.getHeader();
        Header memory g = book.getPrevious();
        vm.expectRevert(abi.encodeWithSelector(Ledger.NotTheLeader.selector, other));
        vm.prank(poster);
        ledger.post(h, g, new bytes32[](0));
        vm.warp(block.timestamp + 1 minutes);
        post(); // then anybody
        book.next();
        h = book.getHeader();
        g = book.getPrevious();
        vm.prank(other);
        ledger.post(h, g, new bytes32[](0));

        vm.expectRevert(Ledger.AlreadyJoined.selector);
        vm.prank(poster);
        ledger.join(0);
        vm.prank(poster);
        ledger.join(1);
        vm.prank(other);
        staking.exit(BOND);
        vm.prank(poster);
        vm.expectRevert(Ledger.AlreadyJoined.selector); // twice
        ledger.join(0);
    }

    function chunk(uint64 index, Usage memory u) internal view returns (Challenges.Chunk memory) {
        uint8[] memory kinds = new uint8[](1);
        Usage[] memory usages = new Usage[](1);
        (kinds[0], usages[0]) = (1, u);
        return book.chunkOf(index, kinds, usages, new Payment[](0), new Challenges.Void[](0));
    }

    function test_demanded_data_is_shown_or_the_epoch_falls() public {
        Usage memory u = usage(PAYER, 100, 1);
        add(u);
        post();
        Header memory h = book.getHeader();
        vm.prank(watcher);
        challenges.demand(h, 0);
        vm.warp(block.timestamp + 1 days);
        vm.expectRevert(abi.encodeWithSelector(Ledger.OpenDemands.selector, 1));
        ledger.finalizeEpoch(h);
        Challenges.Chunk memory c = chunk(0, u);
        vm.prank(poster);
        challenges.show(c);
        eq(token.balanceOf(poster), 1 ether, "for the trouble");
        ledger.finalizeEpoch(h);

        book.next();
        add(usage(PAYER, 100, 2));
        post();
        h = book.getHeader();
        vm.startPrank(watcher);
        challenges.demand(h, 0);
        vm.expectRevert(Challenges.AlreadyDemanded.selector);
        challenges.demand(h, 0);
        vm.expectRevert(abi.encodeWithSelector(Challenges.NoSuchRecord.selector, 1));
        challenges.demand(h, 1);
        vm.expectRevert(abi.encodeWithSelector(Challenges.TooEarly.selector, block.timestamp + 1 hours));
        challenges.proveWithheld(h, 0);
        vm.warp(block.timestamp + 1 hours);
        uint256 before = token.balanceOf(watcher) + 1 ether;
        challenges.proveWithheld(h, 0);
        rejected(2, before);
        vm.stopPrank();
    }

    function test_forced_records_come_first() public {
        Usage memory u = usage(PAYER, 100, 1);
        uint32[] memory places = u.places;
        u.places = new uint32[](0);
        challenges.force(u);
        u.places = places;
        vm.warp(block.timestamp + 2 hours + 1);
        add(usage(PAYER, 100, 2));
        Header memory h = book.getHeader();
        Header memory g = book.getPrevious();
        bytes32[] memory path = book.lastPath();
        vm.expectRevert(abi.encodeWithSelector(Ledger.LeavesOutForced.selector, 0));
        vm.prank(poster);
        ledger.post(h, g, path);

        book.setForced(1); // a lie: another record comes first
        post();
        Challenges.At memory p = book.where(0);
        uint256 before = token.balanceOf(watcher);
        Usage memory stood = usage(PAYER, 100, 2);
        bytes32 placed = keccak256(abi.encode(stood.places));
        bytes32 content = step.contentOf(stood);
        vm.prank(watcher);
        challenges.proveForcedOut(p, g, 1, content, placed);
        rejected(1, before);

        book = new Book();
        add(u);
        book.setForced(1);
        post();
        p = book.where(0);
        content = step.contentOf(u);
        placed = keccak256(abi.encode(u.places));
        vm.expectRevert(Challenges.StepIsRight.selector);
        challenges.proveForcedOut(p, g, 1, content, placed);
    }

    function proveVoid(Usage memory u) internal {
        (Spent memory spent, Earned[] memory earned) = book.openings(0);
        Challenges.Claim memory c = book.claimOf(0);
        vm.prank(watcher);
        challenges.proveVoid(c, u, spent, earned);
    }

    function test_a_forced_record_that_is_void_changes_nothing() public {
        Usage memory u = usage(PAYER2, 51, 1); // more than there is
        force(u);
        vm.expectRevert(Challenges.AlreadyForced.selector);
        this.forceAgain(u);
        addVoid(u);
        book.setForced(1);
        post();
        (Spent memory spent, Earned[] memory earned) = book.openings(0);
        Challenges.Claim memory c = book.claimOf(0);
        vm.expectRevert(Challenges.StepIsRight.selector);
        challenges.proveVoid(c, u, spent, earned);
    }

    function forceAgain(Usage memory u) external {
        u.places = new uint32[](0);
        challenges.force(u);
    }

    /// @dev Who forces his request in with a signature that is none does not make the true one a duplicate.
    function test_a_void_record_settles_nothing() public {
        Usage memory bad = usage(PAYER, 100, 1);
        bad.workerSignature = bad.payerSignature;
        force(bad);
        addVoid(bad);
        book.setForced(1);
        Usage memory good = usage(PAYER, 100, 1);
        add(good);
        post();
        Challenges.At memory a = book.where(0);
        Challenges.At memory b = book.where(1);
        vm.expectRevert(Challenges.NotThatRecord.selector);
        challenges.proveDuplicate(a, bad, b, good);
    }

    function test_defect_stands_as_void_and_is_right() public {
        Usage memory u = usage(PAYER, 100, 1);
        force(u);
        book.add(u, ledger.payerId(u.request.payer), split, false);
        Challenges.Claim memory honest = book.claimOf(0);
        (Spent memory spent, Earned[] memory earned) = book.openings(0);
        book = new Book();
        addVoid(u);
        book.setForced(1);
        post();
        Challenges.Claim memory c = book.claimOf(0);
        eq(honest.record, c.record, "record");
        uint256 before = token.balanceOf(watcher);
        vm.prank(watcher);
        challenges.proveVoid(c, u, spent, earned);
        rejected(1, before);
    }

    function test_defect_stands_as_void_and_was_not_forced() public {
        Usage memory u = usage(PAYER2, 51, 1);
        addVoid(u);
        post();
        uint256 before = token.balanceOf(watcher);
        proveVoid(u);
        rejected(1, before);
    }

    function test_what_is_settled_is_dismissed() public {
        Usage memory u = usage(PAYER, 100, 1);
        add(u);
        post();
        Usage memory forced = usage(PAYER, 100, 1);
        force(forced);
        forced.places = new uint32[](0);
        Challenges.At memory p = book.where(0);
        challenges.dismiss(0, forced, p, u, p.header);
        book.next();
        bytes32 placed = keccak256("nowhere");
        book.addLeaf(Records.leaf(3, 0, placed));
        book.setForced(1);
        vm.warp(block.timestamp + 1 minutes);
        post();
        Challenges.Claim memory c = book.claimOf(0);
        vm.expectRevert(Challenges.StepIsRight.selector);
        challenges.proveDismissed(c, placed);
        p = book.where(0);
        Header memory g = book.getPrevious();
        vm.expectRevert(Challenges.StepIsRight.selector);
        challenges.proveForcedOut(p, g, 3, 0, placed);
    }

    /// @dev Else who dismissed it afterwards could prove an honest epoch wrong.
    function test_what_an_epoch_took_is_not_dismissed() public {
        Usage memory u = usage(PAYER, 100, 1);
        force(u);
        add(u);
        book.setForced(1);
        post();
        Usage memory forced = usage(PAYER, 100, 1);
        forced.places = new uint32[](0);
        Challenges.At memory p = book.where(0);
        vm.expectRevert(Challenges.TooLate.selector);
        challenges.dismiss(0, forced, p, u, p.header);
    }

    function test_an_epoch_spends_no_more_than_the_cap() public {
        ledger.setTerms(Ledger.Terms(1 days, 1 minutes, 1 hours, 2 hours, BOND, 0, 1 ether));
        eq(ledger.getTerms().cap, 1_000_000_000, "terms change at epoch + 2");
        add(usage(PAYER, 100, 1));
        post();
        book.next();
        vm.warp(block.timestamp + 1 minutes);
        add(usage(PAYER, 100, 2));
        Header memory h = book.getHeader();
        Header memory g = book.getPrevious();
        bytes32[] memory path = book.lastPath();
        vm.expectRevert(abi.encodeWithSelector(Ledger.SpendsMoreThanCap.selector, 100, 0));
        vm.prank(poster);
        ledger.post(h, g, path);
        eq(ledger.getTerms().cap, 1_000_000_000, "what reverts changes nothing");
    }

    /// @dev A shorter window is for later epochs: watchers of this one count on theirs.
    function test_an_epoch_keeps_its_window() public {
        add(usage(PAYER, 100, 1));
        post();
        ledger.setTerms(Ledger.Terms(1, 1 minutes, 1 hours, 2 hours, BOND, 1_000_000_000, 1 ether));
        for (uint256 i = 0; i < 2; ++i) {
            book.next();
            vm.warp(block.timestamp + 1 minutes);
            post();
        }
        eq(ledger.getTerms().window, 1, "the new one");
        eq(ledger.epochOf(1).window, 1 days, "the old one");
        eq(ledger.epochOf(3).window, 1, "posted under the new one");
    }

    function test_no_more_than_a_ring_of_epochs_is_open() public {
        for (uint256 i = 1; i < ledger.RING(); ++i) {
            vm.warp(block.timestamp + 1 minutes);
            post();
            book.next();
        }
        vm.warp(block.timestamp + 1 minutes);
        Header memory h = book.getHeader();
        Header memory g = book.getPrevious();
        vm.expectRevert(Ledger.TooFarAhead.selector);
        vm.prank(poster);
        ledger.post(h, g, new bytes32[](0));
    }

    function test_a_stake_that_is_locked_answers_for_nothing_else() public {
        letJudge(manager, staking, address(this));
        staking.lock(poster, 4 * BOND + 1);
        add(usage(PAYER, 100, 1));
        Header memory h = book.getHeader();
        Header memory g = book.getPrevious();
        bytes32[] memory path = book.lastPath();
        vm.expectRevert(abi.encodeWithSelector(Ledger.NotBonded.selector, BOND - 1, BOND));
        vm.prank(poster);
        ledger.post(h, g, path);
        staking.unlock(poster, 1);
        post();
    }

    function test_leaders_are_drawn_by_weight() public {
        uint96[4] memory weights = [BOND, 2 * BOND, 3 * BOND, 4 * BOND];
        for (uint256 i = 0; i < 4; ++i) {
            staking.stakeFor(vm.addr(40 + i), weights[i]);
            vm.prank(vm.addr(40 + i));
            ledger.join(i);
        }
        vm.startPrank(vm.addr(41));
        staking.exit(BOND + 1);
        vm.stopPrank();
        vm.prank(poster);
        ledger.join(1); // the seat of who is bonded no more
        uint256[4] memory won;
        for (uint256 i = 0; i < 100; ++i) {
            address leader = ledger.leaderOf(ledger.tip() + 1);
            for (uint256 k = 0; k < 4; ++k) {
                if (leader == (k == 1 ? poster : vm.addr(40 + k))) ++won[k];
            }
            vm.warp(block.timestamp + 1 minutes);
            post();
            book.next();
        }
        eq(won[0] + won[1] + won[2] + won[3], 100, "somebody leads");
        // Weights are 1, 5, 3 and 4 of 13.
        require(won[0] < won[2] && won[2] < won[1] && won[0] > 0, "by weight");
    }

    function test_a_chunk_of_all_kinds_is_shown() public {
        vm.prank(poster);
        ledger.enroll();
        Usage memory forced = usage(PAYER2, 51, 1);
        force(forced);
        addVoid(forced);
        book.setForced(1);
        Usage[] memory usages = new Usage[](18);
        uint8[] memory kinds = new uint8[](16);
        kinds[0] = 3;
        for (uint64 i = 0; i < 18; ++i) {
            usages[i] = usage(PAYER, 10_000, 2 + i);
            add(usages[i]);
            if (i < 15) kinds[1 + i] = 1;
        }
        post();
        Header memory h = book.getHeader();
        vm.startPrank(watcher);
        challenges.demand(h, 0);
        challenges.demand(h, 1);
        vm.expectRevert(abi.encodeWithSelector(Challenges.NoSuchRecord.selector, 2));
        challenges.demand(h, 2);
        vm.stopPrank();
        Challenges.Void[] memory voids = new Challenges.Void[](1);
        voids[0] = Challenges.Void(step.contentOf(forced), keccak256(abi.encode(forced.places)));
        Challenges.Chunk memory c = book.chunkOf(0, kinds, usages, new Payment[](0), voids);
        c.kinds[0] = 2;
        vm.expectRevert();
        challenges.show(c);
        c.kinds[0] = 3;
        (c.usages[3], c.usages[4]) = (c.usages[4], c.usages[3]);
        vm.expectRevert(Challenges.NotThatRecord.selector);
        challenges.show(c);
        (c.usages[3], c.usages[4]) = (c.usages[4], c.usages[3]);
        c.states[5].accounts += 1;
        vm.expectRevert(Challenges.WrongTrace.selector);
        challenges.show(c);
        c.states[5].accounts -= 1;
        challenges.show(c);
        vm.expectRevert(Challenges.NotDemanded.selector);
        challenges.show(c);

        kinds = new uint8[](3);
        Usage[] memory rest = new Usage[](3);
        for (uint256 i = 0; i < 3; ++i) {
            (kinds[i], rest[i]) = (1, usages[15 + i]);
        }
        c = book.chunkOf(1, kinds, rest, new Payment[](0), new Challenges.Void[](0));
        challenges.show(c);
        eq(ledger.epochOf(1).open, 0, "nothing is demanded");
        eq(token.balanceOf(address(challenges)), 0, "the bonds are paid");
    }

    function test_a_bond_comes_back_if_the_epoch_fell_otherwise() public {
        Usage memory u = usage(PAYER2, 51, 1);
        add(u);
        post();
        Header memory h = book.getHeader();
        vm.prank(watcher);
        challenges.demand(h, 0);
        bytes32 hash = ledger.hashOf(1);
        vm.expectRevert(Challenges.AlreadyDemanded.selector);
        challenges.reclaim(1, hash, 0);
        uint256 before = token.balanceOf(watcher);
        convict(0, u);
        challenges.reclaim(1, hash, 0);
        eq(token.balanceOf(watcher), before + BOND * 3 / 10 + 1 ether, "bond");
        vm.expectRevert(Challenges.NotDemanded.selector);
        challenges.reclaim(1, hash, 0);
    }
}
