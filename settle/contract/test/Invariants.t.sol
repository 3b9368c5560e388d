// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Challenges} from "../src/Challenges.sol";
import {Header} from "../src/Header.sol";
import {Ledger} from "../src/Ledger.sol";
import {Usage} from "../src/Records.sol";
import {Earned, Spent, State} from "../src/Step.sol";
import {WithLedger} from "./WithLedger.sol";

/// @dev Payers, workers, an aggregator and watchers who do anything at any time; some of it a contract must refuse.
contract LedgerHandler is WithLedger {
    uint256 public fees; // settled in final epochs
    uint256 public slashes; // that must have happened
    uint256 public twice; // refusals of what was tried a second time
    uint96[7] public earnedAt; // by place, in the last final epoch
    uint96[3] public spentBy; // by payer
    uint64 private _salt;
    bytes[] private _open; // records of the open epoch, encoded
    uint256 private _openFees;
    bool private _posted;
    bytes private _settled; // one that is final
    bytes private _settledAt;

    function setUp() public override {
        super.setUp();
        staking.stakeFor(poster, 500_000 * BOND);
        ledger.deposit(vm.addr(PAYER2), 1e15);
        ledger.deposit(vm.addr(PAYER), 1e15);
    }

    function deposit(uint8 who, uint64 amount) external {
        ledger.deposit(vm.addr(who % 2 == 0 ? PAYER : PAYER2), 1 + amount % 1e12);
    }

    function exit(uint8 who, uint64 amount) external {
        address payer = vm.addr(who % 2 == 0 ? PAYER : PAYER2);
        vm.prank(payer);
        try ledger.exit(1 + amount % 1e12) {} catch {}
    }

    function withdraw(uint8 who) external {
        address payer = vm.addr(who % 2 == 0 ? PAYER : PAYER2);
        if (_posted || _open.length > 0 || ledger.finalTip() == 0) return;
        Header memory h = book.getPrevious();
        Spent memory leaf = book.spentLeaf(ledger.payerId(payer));
        vm.prank(payer);
        try ledger.withdraw(h, leaf, payer) {} catch {}
    }

    /// @dev Settles a request that its payer can pay.
    function settle(uint8 who, uint64 fee, uint96[4] calldata weights, uint32 gain) external {
        if (_posted || _open.length >= 4) return;
        uint256 payer = who % 2 == 0 ? PAYER : PAYER2;
        uint32 id = ledger.payerId(vm.addr(payer));
        uint96 limit = ledger.limitOf(id, book.getHeader().epoch);
        uint96 spent = book.spentOf(id);
        if (limit <= spent) return;
        Usage memory u = usage(payer, 1 + uint96(fee % (limit - spent)) / 4, ++_salt);
        if (spent + u.request.fee > limit) return;
        for (uint256 i = 0; i < 4; ++i) {
            u.result.credits[i].weight = weights[i];
        }
        u.result.gain = gain;
        u.request.lastEpoch = type(uint64).max;
        sign(u, payer, WORKER);
        add(u);
        _open.push(abi.encode(u));
        _openFees += u.request.fee;
    }

    function postEpoch() external {
        if (_posted) return;
        vm.warp(block.timestamp + 1 minutes);
        post();
        _posted = true;
    }

    /// @dev A challenge of an honest record reverts.
    function challengeHonest(uint8 which) external {
        if (!_posted || _open.length == 0) return;
        uint64 i = uint64(which % _open.length);
        (Spent memory spent, Earned[] memory earned) = book.openings(i);
        Challenges.Claim memory c = book.claimOf(i);
        Usage memory u = abi.decode(_open[i], (Usage));
        vm.expectRevert(Challenges.StepIsRight.selector);
        challenges.proveUsage(c, u, spent, earned);
        ++twice;
    }

    /// @dev Posts the open epoch with one wrong state, which a watcher convicts, once.
    function lie(uint8 which, uint8 how) external {
        if (_posted || _open.length == 0) return;
        uint64 i = uint64(which % _open.length);
        State memory right = book.stateAfter(i);
        State memory wrong = book.stateAfter(i);
        if (how % 3 == 0) wrong.earnedRoot = "mine";
        else if (how % 3 == 1) wrong.spentRoot = "mine";
        else ++wrong.accounts;
        book.forge(i, wrong);
        vm.warp(block.timestamp + 1 minutes);
        post();
        (Spent memory spent, Earned[] memory earned) = book.openings(i);
        Challenges.Claim memory c = book.claimOf(i);
        Usage memory u = abi.decode(_open[i], (Usage));
        uint256 bonded = staking.bondedOf(poster);
        vm.prank(watcher);
        challenges.proveUsage(c, u, spent, earned);
        eq(bonded - staking.bondedOf(poster), BOND, "the bond is slashed");
        vm.expectRevert(abi.encodeWithSelector(Challenges.NotPosted.selector, c.header.epoch));
        challenges.proveUsage(c, u, spent, earned);
        ++slashes;
        book.forge(i, right);
    }

    function finalize() external {
        if (!_posted) return;
        Header memory h = book.getHeader();
        vm.warp(block.timestamp + 1 days);
        ledger.finalizeEpoch(h);
        vm.expectRevert(abi.encodeWithSelector(Ledger.NotNext.selector, h.epoch, h.epoch + 1));
        ledger.finalizeEpoch(h);
        fees += _openFees;
        _openFees = 0;
        if (_open.length > 0) {
            _settled = _open[0];
            _settledAt = abi.encode(book.where(0));
        }
        for (uint32 i = 0; i < 7; ++i) {
            (, earnedAt[i],) = book.leafAt(i);
        }
        (spentBy[1], spentBy[2]) = (book.spentOf(1), book.spentOf(2));
        delete _open;
        _posted = false;
        book.next();
    }

    /// @dev Posts what a final epoch has settled a second time, which a watcher convicts.
    function settleTwice() external {
        if (_posted || _open.length > 0 || _settledAt.length == 0) return;
        Usage memory u = abi.decode(_settled, (Usage));
        book.save();
        book.addLeaf(step.leafOf(u));
        vm.warp(block.timestamp + 1 minutes);
        post();
        Challenges.At memory second = book.where(0);
        Challenges.At memory first = abi.decode(_settledAt, (Challenges.At));
        vm.prank(watcher);
        challenges.proveDuplicate(first, u, second, u);
        ++slashes;
        book.restore();
    }

    function claim(uint8 place) external {
        Header memory h = book.getPrevious();
        if (_posted || _open.length > 0 || ledger.finalTip() == 0) return;
        uint32 i = place % 7;
        Earned memory leaf = book.claimLeaf(i);
        if (leaf.account == 0 || uint256(leaf.account) > type(uint160).max) { // nobody's yet, or a pool's
            vm.expectRevert(Ledger.WrongLeaf.selector);
            ledger.claim(digest(h), h.earnedRoot, i, packed(leaf), leaf.path);
            return;
        }
        if (leaf.earned > ledger.claimed(i)) ledger.claim(digest(h), h.earnedRoot, i, packed(leaf), leaf.path);
        vm.expectRevert(Ledger.NothingToClaim.selector);
        ledger.claim(digest(h), h.earnedRoot, i, packed(leaf), leaf.path);
        ++twice;
    }

    function claimed() external view returns (uint256) {
        return ledger.totalClaimed();
    }

    function withdrawn() external view returns (uint256) {
        return ledger.totalWithdrawn();
    }

    // What must hold.

    function check() external view {
        eq(token.totalSupply(), 1e27, "supply");
        eq(token.balanceOf(address(staking)), staking.totalStake(), "stakes");
        eq(staking.totalBonded(), staking.bondedOf(poster), "bonds");
        eq(staking.bondedOf(poster), (500_005 - slashes) * BOND, "each defect is slashed once");
        eq(token.balanceOf(staking.BURN()), slashes * BOND * 7 / 10, "burned");

        uint256 left = token.balanceOf(address(ledger));
        eq(uint256(ledger.totalDeposited()), left + ledger.totalClaimed() + ledger.totalWithdrawn(), "deposits");
        eq(ledger.finalSpent(), fees, "spent");
        uint256 withdrawable;
        for (uint32 id = 1; id <= 2; ++id) {
            (uint96 paidIn, uint96 paidOut,,) = ledger.payerOf(id);
            withdrawable += paidIn - paidOut - spentBy[id];
        }
        eq(ledger.totalDeposited() - ledger.totalWithdrawn(), fees + withdrawable, "spent + withdrawable");

        uint256 earned;
        uint256 sum;
        for (uint32 i = 0; i < 7; ++i) {
            uint256 e = earnedAt[i];
            require(ledger.claimed(i) <= e, "claims <= earned");
            earned += e;
            sum += ledger.claimed(i);
        }
        eq(earned, fees, "credits sum to the fees");
        eq(ledger.totalClaimed(), sum, "claimed");
    }
}

contract LedgerInvariants {
    LedgerHandler internal handler = new LedgerHandler();

    function setUp() public {
        handler.setUp();
    }

    function targetContracts() public view returns (address[] memory all) {
        all = new address[](1);
        all[0] = address(handler);
    }

    /// @dev What is called at random happens: else the invariants would hold of nothing.
    function test_the_handler_does_it_all() public {
        uint96[4] memory weights = [uint96(1), 2, 3, 4];
        handler.settle(0, 1e9, weights, 1 << 30);
        handler.settle(1, 1e9, weights, 1 << 30);
        handler.lie(1, 2);
        handler.postEpoch();
        handler.challengeHonest(1);
        handler.finalize();
        handler.claim(3);
        handler.claim(6);
        handler.settleTwice();
        handler.exit(0, 1e6);
        for (uint256 i = 0; i < 3; ++i) {
            handler.postEpoch();
            handler.finalize();
        }
        handler.withdraw(0);
        handler.check();
        require(handler.fees() > 0 && handler.slashes() == 2 && handler.twice() == 2, "not all was done");
        require(handler.claimed() > 0 && handler.withdrawn() > 0, "nothing was paid");
    }

    /// @dev Not those that are the handler's own.
    function excludeSelectors() public view returns (FuzzSelector[] memory all) {
        all = new FuzzSelector[](1);
        all[0].addr = address(handler);
        all[0].selectors = new bytes4[](2);
        (all[0].selectors[0], all[0].selectors[1]) = (LedgerHandler.setUp.selector, LedgerHandler.check.selector);
    }

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function invariant_ledger() public view {
        handler.check();
    }
}
