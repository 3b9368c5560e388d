// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Engagement, JobEscrow, Offer} from "../src/JobEscrow.sol";
import {OpenToken} from "../src/OpenToken.sol";
import {Referee} from "../src/Referee.sol";
import {Staking} from "../src/Staking.sol";
import {Base} from "./Base.sol";

/// @dev A Referee that says what its brief says, and convicts as the true one does: a tenth of a stake, once.
contract Oracle {
    Staking private immutable staking;

    struct Conviction {
        address challenger;
        uint96 taken;
    }

    mapping(bytes32 => Conviction) private _convictions;

    error NotABrief();

    constructor(Staking staking_) {
        staking = staking_;
    }

    fallback(bytes calldata data) external returns (bytes memory) {
        if (bytes4(data[:4]) == Referee.judge.selector) {
            (bytes memory said) = abi.decode(data[4:], (bytes));
            if (said.length == 0) revert NotABrief();
            return said;
        }
        require(bytes4(data[:4]) == Referee.convictFor.selector, "not asked to convict");
        (address challenger, bytes memory brief) = abi.decode(data[4:], (address, bytes));
        if (brief.length == 0) revert NotABrief();
        (bytes32 job,, address signer,, Referee.Why why) =
            abi.decode(brief, (bytes32, uint256, address, address, Referee.Why));
        if (why == Referee.Why.Nothing) revert Referee.NothingWrong();
        punish(job, signer, challenger);
        return abi.encode(job, signer);
    }

    function punish(bytes32 job, address signer, address challenger) public {
        Conviction storage c = _convictions[keccak256(abi.encode(job, signer))];
        if (c.challenger != address(0)) revert Referee.AlreadyConvicted();
        c.challenger = challenger;
        address staker = staking.stakerOf(signer);
        c.taken = uint96(staking.slash(staker, staking.totalOf(staker) / 10, address(this), 0));
    }

    function convictionOf(bytes32 job, address signer) external view returns (address, uint96) {
        Conviction storage c = _convictions[keccak256(abi.encode(job, signer))];
        return (c.challenger, c.taken);
    }
}

/// @dev A requester, three workers with stakes, and a judge.
abstract contract WithJobs is Base {
    uint64 internal constant DELAY = 7 days;

    OpenToken internal token = new OpenToken(address(this));
    AccessManager internal manager = new AccessManager(address(this));
    Staking internal staking = new Staking(address(manager), token, DELAY);
    Oracle internal oracle = new Oracle(staking);
    JobEscrow internal jobs = new JobEscrow(address(manager), staking, Referee(address(oracle)));
    address internal requester = address(0xc11e);
    address internal pool = address(0xda7a);
    address internal judge = address(0x1d6e);

    function setUp() public virtual {
        vm.warp(1_000_000);
        letJudge(manager, staking, address(jobs));
        letJudge(manager, staking, address(oracle));
        bytes4[] memory judged = new bytes4[](2);
        (judged[0], judged[1]) = (JobEscrow.dispute.selector, JobEscrow.resolve.selector);
        manager.setTargetFunctionRole(address(jobs), judged, 3);
        manager.grantRole(3, judge, 0);
        token.transfer(requester, 1e24);
        vm.prank(requester);
        token.approve(address(jobs), type(uint256).max);
        token.approve(address(staking), type(uint256).max);
        for (uint256 i = 1; i <= 3; ++i) {
            staking.stakeFor(vm.addr(i), 10_000);
        }
    }

    function offer() internal view returns (Offer memory o) {
        o.spec = "spec";
        o.steps = 100;
        o.window = 1 days;
        o.patience = 2 days;
        o.until = uint40(block.timestamp + 30 days);
        o.escrow = 5000;
        o.data = 1000;
        o.pool = pool;
    }

    function open(Offer memory o) internal returns (bytes32) {
        vm.prank(requester);
        return jobs.open(o);
    }

    /// @dev Worker i for steps 10 to 60 of a job.
    function terms(bytes32 job, uint256 i) internal view returns (Engagement memory e) {
        e.job = job;
        e.worker = vm.addr(i);
        e.replica = uint32(i);
        (e.from, e.to) = (10, 60);
        e.due = uint40(block.timestamp + 10 days);
        (e.pay, e.stake, e.bond) = (1001, 4000, 100);
    }

    function engage(Engagement memory e, uint256 key) internal returns (bytes32 id) {
        bytes memory s = signature(key, jobs.memberOf(e));
        vm.prank(requester);
        return jobs.engage(e, s);
    }

    function engaged(bytes32 job, uint256 i) internal returns (bytes32) {
        return engage(terms(job, i), i);
    }

    function submit(bytes32 id, uint256 i, uint32 upTo, bytes32 root) internal {
        vm.prank(vm.addr(i));
        jobs.submit(id, upTo, root);
    }

    function state(bytes32 id) internal view returns (uint256) {
        return uint256(jobs.member(id).state);
    }

    /// @dev What convicts worker i in the Oracle's eyes.
    function brief(bytes32 spec, uint256 i, Referee.Why why) internal view returns (bytes memory) {
        return abi.encode(abi.encode(spec, 1, vm.addr(i), requester, why));
    }

    function wrongState(JobEscrow.State s) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(JobEscrow.WrongState.selector, s);
    }
}

contract JobEscrowTest is WithJobs {
    function test_a_job_that_all_are_content_with() public {
        bytes32 job = open(offer());
        eq(token.balanceOf(address(jobs)), 5000, "escrow");
        bytes32 a = engaged(job, 1);
        bytes32 b = engaged(job, 2);
        eq(staking.freeOf(vm.addr(1)), 5900, "free");
        eq(jobs.job(job).promised, 2002, "promised");
        bytes32[] memory both = new bytes32[](2);
        (both[0], both[1]) = (a, b);
        submit(b, 2, 35, "root"); // half of the steps
        vm.prank(requester);
        jobs.approve(both);
        eq(token.balanceOf(vm.addr(1)), 1001, "all of the pay");
        eq(token.balanceOf(vm.addr(2)), 500, "half, rounded down");
        eq(staking.freeOf(vm.addr(1)), 10_000, "unlocked");

        vm.prank(requester);
        jobs.refund(job);
        eq(token.balanceOf(pool), 600, "the data, for 60 of 100 steps");
        eq(token.balanceOf(requester), 1e24 - 1501 - 600, "the rest");
        eq(token.balanceOf(address(jobs)), 0, "nothing is left");
        vm.expectRevert(JobEscrow.JobClosed.selector);
        vm.prank(requester);
        jobs.refund(job);
        vm.expectRevert(wrongState(JobEscrow.State.Paid));
        jobs.release(a);
        vm.expectRevert(wrongState(JobEscrow.State.Paid));
        vm.prank(requester);
        jobs.approve(both);
    }

    function test_who_submitted_is_paid_without_the_requester() public {
        bytes32 job = open(offer());
        bytes32 a = engaged(job, 1);
        vm.prank(vm.addr(1));
        staking.setPayout(address(0xc01d));
        submit(a, 1, 60, "root");
        vm.warp(block.timestamp + 1 days - 1);
        vm.expectRevert(abi.encodeWithSelector(JobEscrow.TooEarly.selector, block.timestamp + 1));
        jobs.release(a);
        vm.expectRevert(abi.encodeWithSelector(JobEscrow.StillEngaged.selector, 1));
        vm.prank(requester);
        jobs.refund(job);
        vm.warp(block.timestamp + 1);
        jobs.release(a);
        eq(token.balanceOf(address(0xc01d)), 1001, "paid");
        vm.expectRevert(abi.encodeWithSelector(JobEscrow.TooEarly.selector, offer().until - 1 days));
        jobs.refund(job);
        vm.warp(block.timestamp + 31 days);
        jobs.refund(job); // anybody, for the requester
        eq(token.balanceOf(requester), 1e24 - 1001 - 600, "rest");
    }

    function test_who_vanishes_loses_its_bond_only() public {
        bytes32 job = open(offer());
        bytes32 a = engaged(job, 1);
        vm.warp(block.timestamp + 10 days);
        vm.expectRevert(abi.encodeWithSelector(JobEscrow.TooEarly.selector, block.timestamp + 1));
        jobs.expire(a);
        vm.warp(block.timestamp + 1);
        vm.expectRevert(abi.encodeWithSelector(JobEscrow.TooLate.selector, block.timestamp - 1));
        vm.prank(vm.addr(1));
        jobs.submit(a, 60, "late");
        jobs.expire(a);
        eq(staking.bondedOf(vm.addr(1)), 9900, "the bond is lost");
        eq(staking.freeOf(vm.addr(1)), 9900, "the stake is free");
        eq(token.balanceOf(staking.BURN()), 100, "burned");
        eq(jobs.job(job).promised, 0, "its pay can be promised again");
    }

    function test_part_of_the_steps_by_consent() public {
        bytes32 job = open(offer());
        bytes32 a = engaged(job, 1);
        bytes32 digest = keccak256(
            abi.encodePacked(
                "\x19\x01",
                jobs.domainSeparator(),
                keccak256(abi.encode(keccak256("Part(bytes32 member,uint32 upTo)"), a, 20))
            )
        );
        bytes memory s = signature(2, digest);
        vm.expectRevert(abi.encodeWithSelector(JobEscrow.NotSignedBy.selector, vm.addr(1), vm.addr(2)));
        vm.prank(requester);
        jobs.approvePart(a, 20, s);
        s = signature(1, digest);
        vm.expectRevert(abi.encodeWithSelector(JobEscrow.NotRequester.selector, requester));
        jobs.approvePart(a, 20, s);
        vm.startPrank(requester);
        vm.expectRevert(abi.encodeWithSelector(JobEscrow.BadRange.selector, 10, 61, 60));
        jobs.approvePart(a, 61, s);
        jobs.approvePart(a, 20, s);
        vm.stopPrank();
        eq(token.balanceOf(vm.addr(1)), 200, "a fifth");
    }

    function test_a_conflict_is_resolved_by_a_conviction() public {
        bytes32 job = open(offer());
        bytes32 a = engaged(job, 1);
        bytes32 b = engaged(job, 2);
        submit(a, 1, 60, "right");
        submit(b, 2, 60, "wrong");
        jobs.conflict(a, b);
        vm.warp(block.timestamp + 1 days);
        vm.expectRevert(wrongState(JobEscrow.State.Disputed));
        jobs.release(a);
        vm.expectRevert(Referee.NothingWrong.selector);
        jobs.convict(b, brief("spec", 2, Referee.Why.Nothing), address(7));
        vm.expectRevert(JobEscrow.NotConvicted.selector); // of another worker
        jobs.convict(a, brief("spec", 2, Referee.Why.Window), address(7));
        vm.expectRevert(JobEscrow.NotConvicted.selector); // of another job
        jobs.convict(b, brief("other", 2, Referee.Why.Window), address(7));
        vm.expectRevert(Oracle.NotABrief.selector); // what the Referee says of it
        jobs.convict(b, abi.encode(""), address(7));
        vm.expectRevert(JobEscrow.NotConvicted.selector);
        jobs.convict(b, "", address(7));
        vm.expectRevert(JobEscrow.NotConvicted.selector); // not yet
        jobs.follow(b, vm.addr(2));
        jobs.convict(b, brief("spec", 2, Referee.Why.Window), address(7));
        eq(state(b), uint256(JobEscrow.State.Slashed), "guilty");
        vm.expectRevert(Referee.AlreadyConvicted.selector);
        jobs.convict(b, brief("spec", 2, Referee.Why.Window), address(7));
        vm.expectRevert(wrongState(JobEscrow.State.Slashed));
        jobs.follow(b, vm.addr(2));
        eq(staking.freeOf(vm.addr(2)), 6000, "its stake is lost, a tenth of all it had to the Referee");
        eq(token.balanceOf(address(7)), 900, "three tenths of the rest to the challenger");
        vm.expectRevert(abi.encodeWithSelector(JobEscrow.TooEarly.selector, block.timestamp + 1 days));
        jobs.release(a);
        vm.warp(block.timestamp + 1 days);
        jobs.release(a);
        eq(token.balanceOf(vm.addr(1)), 1001, "the honest one is paid");
    }

    /// @dev In whichever order, the dearer of the two is what a fault costs.
    function test_one_fault_is_paid_for_once() public {
        bytes32 job = open(offer());
        bytes32 a = engaged(job, 1);
        bytes32 b = engaged(job, 2);
        Engagement memory e = terms(job, 3);
        (e.stake, e.bond) = (700, 0); // less than a tenth of what it has
        bytes32 c = engage(e, 3);
        oracle.punish("spec", vm.addr(1), address(7));
        jobs.follow(a, vm.addr(1));
        jobs.convict(b, brief("spec", 2, Referee.Why.Line), address(8));
        eq(staking.totalOf(vm.addr(1)), 6000, "the Referee first");
        eq(staking.totalOf(vm.addr(2)), 6000, "both at once");
        eq(token.balanceOf(address(7)), 900, "whose challenger gets its part, whoever sent it");
        eq(token.balanceOf(address(8)), 900, "and this one");
        jobs.convict(c, brief("spec", 3, Referee.Why.Line), address(8));
        eq(staking.totalOf(vm.addr(3)), 9000, "no more than the Referee takes");
        vm.expectRevert(Referee.AlreadyConvicted.selector);
        oracle.punish("spec", vm.addr(2), address(7));

        // Another stake in the same job answers for the same fault; in another job not.
        e = terms(job, 2);
        (e.replica, e.salt) = (3, 1);
        bytes32 again = engage(e, 2);
        jobs.follow(again, vm.addr(2));
        eq(state(again), uint256(JobEscrow.State.Slashed), "not paid");
        eq(staking.totalOf(vm.addr(2)), 6000, "and not slashed again");
        Offer memory o = offer();
        o.spec = "other";
        bytes32 other = engaged(open(o), 2);
        vm.expectRevert(JobEscrow.NotConvicted.selector);
        jobs.follow(other, vm.addr(2));
        jobs.convict(other, brief("other", 2, Referee.Why.Line), address(8));
        eq(staking.totalOf(vm.addr(2)), 2000, "another fault");
    }

    function test_who_has_nothing_left_is_still_not_paid() public {
        bytes32 job = open(offer());
        bytes32 a = engaged(job, 1);
        manager.grantRole(1, address(this), 0);
        staking.slash(vm.addr(1), 10_000, address(0), 0);
        vm.expectRevert(JobEscrow.NotConvicted.selector);
        jobs.convict(a, brief("spec", 1, Referee.Why.Nothing), address(7));
        jobs.convict(a, brief("spec", 1, Referee.Why.Window), address(7));
        eq(state(a), uint256(JobEscrow.State.Slashed), "guilty");
        vm.prank(requester);
        jobs.refund(job);
        eq(token.balanceOf(requester), 1e24, "nothing was paid");
    }

    function test_both_can_be_guilty() public {
        bytes32 job = open(offer());
        bytes32 a = engaged(job, 1);
        bytes32 b = engaged(job, 2);
        submit(a, 1, 60, "wrong");
        submit(b, 2, 60, "wrong too");
        jobs.conflict(a, b);
        vm.startPrank(judge);
        jobs.resolve(a, true, false, address(7));
        jobs.resolve(b, true, true, address(0));
        vm.expectRevert(wrongState(JobEscrow.State.Slashed));
        jobs.resolve(b, true, true, address(0));
        vm.stopPrank();
        eq(staking.bondedOf(vm.addr(1)), 6000, "the whole stake");
        eq(staking.bondedOf(vm.addr(2)), 9600, "a tenth");
        eq(token.balanceOf(requester), 1e24 - 5000 + 800 + 80, "a fifth to the client");
        eq(token.balanceOf(address(7)), 1200, "three tenths to the challenger");
        eq(token.balanceOf(staking.BURN()), 2000 + 200 + 120, "burned");
    }

    function test_who_is_not_guilty_is_paid() public {
        bytes32 job = open(offer());
        bytes32 a = engaged(job, 1);
        submit(a, 1, 60, "root");
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, requester));
        vm.prank(requester);
        jobs.dispute(a);
        vm.prank(judge);
        jobs.dispute(a);
        vm.prank(judge);
        jobs.resolve(a, false, false, address(0));
        jobs.release(a);
        eq(token.balanceOf(vm.addr(1)), 1001, "paid at once");
    }

    function test_a_dispute_that_nobody_resolves_slashes_nobody() public {
        bytes32 job = open(offer());
        bytes32 a = engaged(job, 1);
        submit(a, 1, 60, "root");
        vm.prank(judge);
        jobs.dispute(a);
        vm.expectRevert(abi.encodeWithSelector(JobEscrow.TooEarly.selector, block.timestamp + 2 days));
        jobs.lapse(a);
        vm.warp(block.timestamp + 2 days);
        jobs.lapse(a);
        eq(staking.freeOf(vm.addr(1)), 10_000, "free");
        eq(token.balanceOf(vm.addr(1)), 0, "not paid");
        vm.prank(requester);
        jobs.refund(job);
        eq(token.balanceOf(requester), 1e24, "refunded");
    }

    function test_what_is_no_conflict() public {
        bytes32 job = open(offer());
        bytes32 a = engaged(job, 1);
        bytes32 b = engaged(job, 2);
        Engagement memory e = terms(job, 3);
        e.replica = 1;
        bytes32 c = engage(e, 3);
        submit(a, 1, 60, "root");
        vm.expectRevert(wrongState(JobEscrow.State.Engaged));
        jobs.conflict(a, b);
        submit(b, 2, 60, "root");
        submit(c, 3, 60, "other");
        vm.expectRevert(JobEscrow.NoConflict.selector); // equal roots
        jobs.conflict(a, b);
        vm.expectRevert(JobEscrow.NoConflict.selector); // one replica
        jobs.conflict(a, c);
        vm.expectRevert(JobEscrow.NoConflict.selector);
        jobs.conflict(a, a);
        vm.warp(block.timestamp + 1 days);
        vm.expectRevert(abi.encodeWithSelector(JobEscrow.TooLate.selector, block.timestamp));
        jobs.conflict(b, c);
    }

    function test_refusals() public {
        Offer memory o = offer();
        o.data = 5001;
        vm.expectRevert(JobEscrow.BadOffer.selector);
        jobs.open(o);
        o = offer();
        bytes32 job = open(o);
        vm.expectRevert(JobEscrow.AlreadyOpen.selector);
        open(o);
        Engagement memory e = terms(job, 1);
        bytes memory s = signature(2, jobs.memberOf(e));
        vm.expectRevert(abi.encodeWithSelector(JobEscrow.NotRequester.selector, requester));
        jobs.engage(e, s);
        vm.startPrank(requester);
        vm.expectRevert(abi.encodeWithSelector(JobEscrow.NotSignedBy.selector, vm.addr(1), vm.addr(2)));
        jobs.engage(e, s);
        e.to = 101;
        vm.expectRevert(abi.encodeWithSelector(JobEscrow.BadRange.selector, 10, 101, 100));
        jobs.engage(e, s);
        e.to = 60;
        e.pay = 4001;
        vm.expectRevert(abi.encodeWithSelector(JobEscrow.NotCovered.selector, 5000, 5001));
        jobs.engage(e, s);
        e.pay = 1;
        e.stake = 9901;
        s = signature(1, jobs.memberOf(e));
        vm.expectRevert(abi.encodeWithSelector(Staking.NotEnoughBonded.selector, 10_000, 10_001));
        jobs.engage(e, s);
        e.stake = 1;
        s = signature(1, jobs.memberOf(e));
        jobs.engage(e, s);
        vm.expectRevert(JobEscrow.AlreadyEngaged.selector);
        jobs.engage(e, s);
        jobs.fund(job, 10);
        vm.stopPrank();
        bytes32 id = jobs.memberOf(e);
        vm.expectRevert(abi.encodeWithSelector(JobEscrow.NotWorker.selector, vm.addr(1)));
        jobs.submit(id, 60, "root");
        vm.startPrank(vm.addr(1));
        vm.expectRevert(abi.encodeWithSelector(JobEscrow.BadRange.selector, 10, 10, 60));
        jobs.submit(id, 10, "root");
        vm.expectRevert(abi.encodeWithSelector(Staking.NotEnoughBonded.selector, 9899, 9900));
        staking.exit(9900);
        vm.stopPrank();
        vm.expectRevert(JobEscrow.JobClosed.selector);
        jobs.refund("no job");
    }

    function testFuzz_pay_is_by_steps(uint32 from, uint32 to, uint32 upTo, uint96 pay) public {
        Offer memory o = offer();
        o.steps = type(uint32).max;
        o.escrow = 1e24;
        from = from % (o.steps - 1);
        to = from + 1 + to % (o.steps - from - 1);
        upTo = from + 1 + upTo % (to - from);
        pay = pay % 9e23;
        bytes32 job = open(o);
        Engagement memory e = terms(job, 1);
        (e.from, e.to, e.pay) = (from, to, pay);
        bytes32 id = engage(e, 1);
        submit(id, 1, upTo, "root");
        vm.warp(block.timestamp + 1 days);
        jobs.release(id);
        uint256 paid = uint256(pay) * (upTo - from) / (to - from);
        eq(token.balanceOf(vm.addr(1)), paid, "paid");
        eq(jobs.job(job).held, 1e24 - paid, "held");
    }
}
