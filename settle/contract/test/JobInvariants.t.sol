// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Engagement, JobEscrow, Offer} from "../src/JobEscrow.sol";
import {WithJobs} from "./JobEscrow.t.sol";

/// @dev A requester, three workers, a judge and the time do anything.
contract JobHandler is WithJobs {
    bytes32[] internal opened;
    bytes32[] internal members;
    uint256[9] public ended; // by state
    uint64 private _salt;

    function setUp() public override {
        super.setUp();
    }

    function open(uint64 escrow, uint64 data, uint8 steps) external {
        Offer memory o = offer();
        o.spec = keccak256(abi.encode(++_salt));
        o.escrow = 1 + uint96(escrow);
        o.data = uint96(data) % o.escrow;
        o.steps = 1 + uint32(steps);
        opened.push(open(o));
    }

    function fund(uint8 which, uint64 amount) external {
        bytes32 id = _job(which);
        if (id == 0 || jobs.job(id).closed) return;
        vm.prank(requester);
        jobs.fund(id, amount);
    }

    function engage(uint8 which, uint8 worker, uint32 from, uint32 to, uint64 pay, uint16 stake, uint8 bond) external {
        bytes32 id = _job(which);
        if (id == 0) return;
        JobEscrow.Job memory j = jobs.job(id);
        uint256 key = 1 + worker % 3;
        if (j.closed || block.timestamp > j.until) return;
        Engagement memory e = terms(id, key);
        e.salt = ++_salt;
        e.from = from % j.steps;
        e.to = e.from + 1 + to % (j.steps - e.from);
        e.pay = pay % (j.held - j.promised - j.data + 1);
        (e.stake, e.bond) = (stake % 4000, bond);
        if (staking.freeOf(e.worker) < uint256(e.stake) + e.bond) return;
        members.push(engage(e, key));
    }

    function submit(uint8 which, uint32 upTo, bool right) external {
        (bytes32 id, JobEscrow.Member memory m) = _member(which, JobEscrow.State.Engaged);
        if (id == 0 || block.timestamp > m.time) return;
        vm.prank(m.worker);
        jobs.submit(id, m.from + 1 + upTo % (m.to - m.from), right ? bytes32("right") : bytes32("wrong"));
    }

    function approve(uint8 which, bool submitted) external {
        (bytes32 id,) = _member(which, submitted ? JobEscrow.State.Submitted : JobEscrow.State.Engaged);
        if (id == 0) return;
        bytes32[] memory one = new bytes32[](1);
        one[0] = id;
        vm.prank(requester);
        jobs.approve(one);
        _ended(id, JobEscrow.State.Paid);
    }

    function release(uint8 which) external {
        (bytes32 id,) = _member(which, JobEscrow.State.Submitted);
        if (id == 0) return;
        vm.warp(block.timestamp + 1 days);
        jobs.release(id);
        _ended(id, JobEscrow.State.Paid);
    }

    function expire(uint8 which) external {
        (bytes32 id, JobEscrow.Member memory m) = _member(which, JobEscrow.State.Engaged);
        if (id == 0) return;
        if (block.timestamp <= m.time) vm.warp(m.time + 1);
        jobs.expire(id);
        _ended(id, JobEscrow.State.Vanished);
    }

    function conflict(uint8 x, uint8 y) external {
        (bytes32 a, JobEscrow.Member memory m) = _member(x, JobEscrow.State.Submitted);
        (bytes32 b, JobEscrow.Member memory n) = _member(y, JobEscrow.State.Submitted);
        if (a == 0 || b == 0 || a == b) return;
        if (block.timestamp >= m.time + 1 days || block.timestamp >= n.time + 1 days) return;
        try jobs.conflict(a, b) {} catch {}
    }

    function resolve(uint8 which, uint8 from, bool guilty, bool lightly) external {
        JobEscrow.State s = JobEscrow.State(1 + from % 3);
        (bytes32 id,) = _member(which, s);
        if (id == 0 || !guilty && s != JobEscrow.State.Disputed) return;
        vm.prank(judge);
        jobs.resolve(id, guilty, lightly, address(0xc4a1));
        if (guilty) _ended(id, JobEscrow.State.Slashed);
    }

    function dispute(uint8 which) external {
        (bytes32 id, JobEscrow.Member memory m) = _member(which, JobEscrow.State.Submitted);
        if (id == 0 || block.timestamp >= m.time + 1 days) return;
        vm.prank(judge);
        jobs.dispute(id);
    }

    function lapse(uint8 which) external {
        (bytes32 id,) = _member(which, JobEscrow.State.Disputed);
        if (id == 0) return;
        vm.warp(block.timestamp + 2 days);
        jobs.lapse(id);
        _ended(id, JobEscrow.State.Lapsed);
    }

    function refund(uint8 which) external {
        bytes32 id = _job(which);
        if (id == 0 || jobs.job(id).closed || jobs.job(id).engaged > 0) return;
        vm.prank(requester);
        jobs.refund(id);
        vm.expectRevert(JobEscrow.JobClosed.selector);
        vm.prank(requester);
        jobs.refund(id);
        ++ended[8];
    }

    /// @dev Who is paid, slashed or gone is none of it a second time.
    function _ended(bytes32 id, JobEscrow.State s) private {
        ++ended[uint256(s)];
        bytes memory refusal = wrongState(s);
        bytes32[] memory one = new bytes32[](1);
        one[0] = id;
        vm.expectRevert(refusal);
        jobs.release(id);
        vm.expectRevert(refusal);
        jobs.expire(id);
        vm.expectRevert(refusal);
        jobs.lapse(id);
        vm.expectRevert(refusal);
        vm.prank(requester);
        jobs.approve(one);
        vm.expectRevert(refusal);
        vm.prank(judge);
        jobs.resolve(id, true, false, address(0));
    }

    function _job(uint8 which) private view returns (bytes32) {
        return opened.length == 0 ? bytes32(0) : opened[which % opened.length];
    }

    /// @dev The first member in a state, from a random one on.
    function _member(uint8 which, JobEscrow.State s) private view returns (bytes32, JobEscrow.Member memory m) {
        for (uint256 i = 0; i < members.length; ++i) {
            bytes32 id = members[(which + i) % members.length];
            m = jobs.member(id);
            if (m.state == s) return (id, m);
        }
        return (0, m);
    }

    // What must hold.

    function check() external view {
        uint256 held;
        for (uint256 i = 0; i < opened.length; ++i) {
            JobEscrow.Job memory j = jobs.job(opened[i]);
            held += j.held;
            require(j.closed || j.held >= uint256(j.promised) + j.data, "what is promised is held");
            uint256 promised;
            uint256 engaged;
            for (uint256 k = 0; k < members.length; ++k) {
                JobEscrow.Member memory m = jobs.member(members[k]);
                if (m.job != opened[i] || uint256(m.state) > 3) continue;
                promised += m.pay;
                ++engaged;
            }
            eq(j.promised, promised, "promised");
            eq(j.engaged, engaged, "engaged");
        }
        eq(token.balanceOf(address(jobs)), held, "balance is what jobs hold");
        uint256 bonded;
        for (uint256 i = 1; i <= 3; ++i) {
            uint256 locked;
            for (uint256 k = 0; k < members.length; ++k) {
                JobEscrow.Member memory m = jobs.member(members[k]);
                if (m.worker == vm.addr(i) && uint256(m.state) <= 3) locked += uint256(m.stake) + m.bond;
            }
            eq(staking.lockedOf(vm.addr(i)), locked, "locked");
            bonded += staking.bondedOf(vm.addr(i));
        }
        eq(staking.totalBonded(), bonded, "bonded");
        eq(token.balanceOf(address(staking)), staking.totalStake(), "stakes");
        eq(token.totalSupply(), 1e27, "supply");
    }
}

contract JobInvariants {
    JobHandler internal handler = new JobHandler();

    function setUp() public {
        handler.setUp();
    }

    function targetContracts() public view returns (address[] memory all) {
        all = new address[](1);
        all[0] = address(handler);
    }

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function excludeSelectors() public view returns (FuzzSelector[] memory all) {
        all = new FuzzSelector[](1);
        all[0].addr = address(handler);
        all[0].selectors = new bytes4[](2);
        (all[0].selectors[0], all[0].selectors[1]) = (JobHandler.setUp.selector, JobHandler.check.selector);
    }

    function invariant_jobs() public view {
        handler.check();
    }

    /// @dev What is called at random happens.
    function test_the_handler_does_it_all() public {
        handler.open(1e9, 1e6, 99);
        for (uint8 i = 0; i < 10; ++i) {
            handler.engage(0, i, 0, 20, 1000, 100, 10);
        }
        handler.approve(0, false);
        handler.submit(0, 9, true);
        handler.submit(0, 9, true);
        handler.release(0);
        handler.approve(0, true);
        handler.submit(0, 9, true);
        handler.dispute(0);
        handler.lapse(0);
        handler.resolve(0, 0, true, true);
        for (uint8 i = 0; i < 10; ++i) {
            handler.approve(0, true);
            handler.expire(0);
        }
        handler.refund(0);
        handler.check();
        for (uint256 s = 4; s <= 8; ++s) {
            require(handler.ended(s) > 0, "a state that nobody comes to");
        }
    }
}
