// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Challenges} from "../src/Challenges.sol";
import {Credit, Payment, Usage} from "../src/Records.sol";
import {Earned, Spent, State, Step} from "../src/Step.sol";
import {WithLedger} from "./WithLedger.sol";

/// @dev Each planted defect is convicted, and an honest epoch convicts nobody.
contract DefectsTest is WithLedger {
    function provePayment(Payment memory p) internal {
        book.next();
        book.pay(p);
        vm.warp(block.timestamp + 1 minutes);
        post();
        Challenges.Claim memory c = book.claimOf(0);
        Earned[] memory e = opened(0);
        uint256 before = token.balanceOf(watcher);
        vm.prank(watcher);
        challenges.provePayment(c, p, e);
        rejected(2, before);
    }

    function test_defect_pays_more_than_a_pool_has() public {
        vm.prank(poster);
        ledger.enroll();
        add(usage(PAYER, 10_000, 1));
        post();
        provePayment(payment(1501)); // it has 1500
    }

    function test_defect_distribution_by_a_stranger() public {
        add(usage(PAYER, 10_000, 1));
        post();
        provePayment(payment(10));
    }

    function test_defect_weights_are_not_the_amount() public {
        vm.prank(poster);
        ledger.enroll();
        add(usage(PAYER, 10_000, 1));
        post();
        Payment memory p = payment(10);
        p.distribution.credits[1].weight = 2;
        p.signature = signature(POSTER, typed(step.hashOf(p)));
        provePayment(p);
    }

    function test_an_honest_epoch_cannot_be_challenged() public {
        Usage[3] memory u = [usage(PAYER, 10_003, 1), usage(PAYER2, 50, 2), usage(PAYER, 7, 3)];
        for (uint256 i = 0; i < 3; ++i) {
            add(u[i]);
        }
        post();
        for (uint64 i = 0; i < 3; ++i) {
            (Spent memory spent, Earned[] memory earned) = book.openings(i);
            Challenges.Claim memory c = book.claimOf(i);
            vm.expectRevert(Challenges.StepIsRight.selector);
            challenges.proveUsage(c, u[i], spent, earned);
            if (i > 0) {
                Challenges.At memory a = book.where(i - 1);
                Challenges.At memory b = book.where(i);
                vm.expectRevert(Challenges.NotTheSame.selector);
                challenges.proveDuplicate(a, u[i - 1], b, u[i]);
            }
            Challenges.At memory same = book.where(i);
            vm.expectRevert(Challenges.NotTheSame.selector);
            challenges.proveDuplicate(same, u[i], same, u[i]);
        }
        Challenges.Claim memory wrong = book.claimOf(1);
        (Spent memory s0, Earned[] memory e0) = book.openings(0);
        vm.expectRevert(Challenges.NotThatRecord.selector); // another record
        challenges.proveUsage(wrong, u[0], s0, e0);
        vm.expectRevert(Step.BadPath.selector); // openings of another state
        challenges.proveUsage(wrong, u[1], s0, e0);
        wrong.later.totalSpent += 1;
        (Spent memory s1, Earned[] memory e1) = book.openings(1);
        vm.expectRevert(Challenges.WrongTrace.selector);
        challenges.proveUsage(wrong, u[1], s1, e1);
    }

    function test_defect_wrong_state() public {
        Usage memory u = usage(PAYER, 100, 1);
        add(usage(PAYER, 10, 0));
        add(u);
        State memory s = book.stateAfter(1);
        s.earnedRoot = "mine";
        book.forge(1, s);
        post();
        convict(1, u);
    }

    function test_defect_wrong_total() public {
        Usage memory u = usage(PAYER, 100, 1);
        add(u);
        State memory s = book.stateAfter(0);
        s.totalSpent += 1;
        book.forge(0, s);
        post();
        convict(0, u);
    }

    function test_defect_payer_did_not_sign() public {
        Usage memory u = usage(PAYER, 100, 1);
        sign(u, PAYER2, WORKER);
        add(u);
        post();
        convict(0, u);
    }

    function test_defect_worker_not_named() public {
        Usage memory u = usage(PAYER, 100, 1);
        sign(u, PAYER, PAYER2);
        add(u);
        post();
        convict(0, u);
    }

    function test_defect_expired() public {
        Usage memory u = usage(PAYER, 100, 1);
        u.request.firstEpoch = 2;
        sign(u, PAYER, WORKER);
        add(u);
        post();
        convict(0, u);
    }

    function test_defect_overspends() public {
        Usage memory u = usage(PAYER2, 51, 1);
        add(u);
        post();
        convict(0, u);
    }

    function test_defect_overspends_in_two() public {
        Usage memory u = usage(PAYER2, 26, 2);
        add(usage(PAYER2, 25, 1));
        add(u);
        post();
        convict(1, u);
    }

    function test_defect_credit_on_anothers_place() public {
        Usage memory u = usage(PAYER, 100, 2);
        (u.places[0], u.places[1]) = (4, 3);
        add(usage(PAYER, 100, 1));
        // The book overwrites the owner's name at place 4, as a thief would.
        add(u);
        post();
        convict(1, u);
    }

    function test_defect_a_place_is_left_free() public {
        Usage memory u = usage(PAYER, 100, 1);
        u.places[3] = 7;
        add(u);
        post();
        convict(0, u);
    }

    function test_defect_credit_of_a_fixed_class() public {
        Usage memory u = usage(PAYER, 100, 1);
        u.result.credits[0].class = 2;
        sign(u, PAYER, WORKER);
        add(u);
        post();
        convict(0, u);
    }

    function test_defect_in_a_record_of_16_places() public {
        Usage memory u = usage(PAYER, 100_000, 1);
        u.result.credits = new Credit[](13);
        u.places = new uint32[](13);
        for (uint32 i = 0; i < 13; ++i) {
            u.result.credits[i] = Credit(bytes32(uint256(0xc0de00 + i)), 5, 1 + i);
            u.places[i] = 7 + i;
        }
        sign(u, PAYER, WORKER);
        add(usage(PAYER, 10, 0));
        add(u);
        State memory s = book.stateAfter(1);
        s.spentRoot = "mine";
        book.forge(1, s);
        post();
        convict(1, u);
    }

    function test_defect_settled_twice() public {
        Usage memory u = usage(PAYER, 100, 1);
        add(u);
        post();
        Challenges.At memory first = book.where(0);
        book.next();
        add(usage(PAYER, 100, 2));
        Usage memory again = usage(PAYER, 100, 1);
        again.places[0] = 3;
        add(again);
        vm.warp(block.timestamp + 1 minutes);
        post();
        Challenges.At memory second = book.where(1);
        uint256 before = token.balanceOf(watcher);
        vm.prank(watcher);
        challenges.proveDuplicate(first, u, second, again);
        rejected(2, before);
    }
}
