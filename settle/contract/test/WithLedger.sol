// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {Challenges} from "../src/Challenges.sol";
import {Header} from "../src/Header.sol";
import {Ledger} from "../src/Ledger.sol";
import {OpenToken} from "../src/OpenToken.sol";
import {Credit, Distribution, Payment, Records, Request, Result, Usage} from "../src/Records.sol";
import {Staking} from "../src/Staking.sol";
import {Earned, Spent, State, Step} from "../src/Step.sol";
import {Base} from "./Base.sol";
import {Book, StepCaller} from "./Book.sol";

/// @dev A Ledger with two payers, a worker and an aggregator.
abstract contract WithLedger is Base {
    uint64 internal constant DELAY = 7 days;
    uint96 internal constant BOND = 1000 ether;
    uint256 internal constant PAYER = 11; // keys
    uint256 internal constant PAYER2 = 12;
    uint256 internal constant WORKER = 21;
    uint256 internal constant POSTER = 31;

    OpenToken internal token = new OpenToken(address(this));
    AccessManager internal manager = new AccessManager(address(this));
    Staking internal staking = new Staking(address(manager), token, DELAY);
    Ledger internal ledger;
    Challenges internal challenges;
    StepCaller internal step = new StepCaller();
    Book internal book = new Book();
    address internal poster = vm.addr(POSTER);
    address internal watcher = address(0x3a7c);
    uint16[6] internal split = [uint16(500), 2000, 1500, 500, 1000, 4500];

    function setUp() public virtual {
        vm.warp(1_000_000);
        Ledger.Terms memory terms = Ledger.Terms(1 days, 1 minutes, 1 hours, 2 hours, BOND, 1_000_000_000, 1 ether);
        ledger = new Ledger(address(manager), staking, terms, split);
        challenges = ledger.challenges();
        letJudge(manager, staking, address(ledger));

        token.approve(address(ledger), type(uint256).max);
        ledger.deposit(vm.addr(PAYER), 1_000_000);
        ledger.deposit(vm.addr(PAYER2), 50);
        token.approve(address(staking), type(uint256).max);
        staking.stakeFor(poster, 5 * BOND);
        token.transfer(watcher, 100 ether);
        vm.prank(watcher);
        token.approve(address(challenges), type(uint256).max);
    }

    /// @dev What a claim shows of a header, beside its earnedRoot.
    function digest(Header memory h) internal pure returns (bytes32 d) {
        assembly {
            d := keccak256(h, 0x140)
        }
    }

    /// @dev A leaf as a claim has it.
    function packed(Earned memory leaf) internal pure returns (uint256) {
        return uint256(leaf.account) << 96 | leaf.earned;
    }

    function usage(uint256 payer, uint96 fee, uint64 salt) internal view returns (Usage memory u) {
        u.request.payer = vm.addr(payer);
        u.request.model = "model";
        u.request.prompt = "prompt";
        u.request.fee = fee;
        u.request.firstEpoch = 1;
        u.request.lastEpoch = 9;
        u.request.salt = salt;
        u.request.workers = new address[](1);
        u.request.workers[0] = vm.addr(WORKER);
        u.result.output = "answer";
        u.result.gain = 1 << 31; // half
        u.result.credits = new Credit[](4);
        u.result.credits[0] = Credit(bytes32(uint256(uint160(vm.addr(WORKER)))), 1, 1);
        u.result.credits[1] = Credit(bytes32(uint256(0xbeef)), 4, 7);
        u.result.credits[2] = Credit(keccak256("pool of owasp"), 5, 2);
        u.result.credits[3] = Credit(keccak256("pool of go"), 5, 1);
        u.places = new uint32[](4);
        for (uint32 i = 0; i < 4; ++i) {
            u.places[i] = 3 + i;
        }
        sign(u, payer, WORKER);
    }

    function sign(Usage memory u, uint256 payer, uint256 worker) internal view {
        (u.result.request,) = step.hashOf(u);
        (bytes32 request, bytes32 result) = step.hashOf(u);
        u.payerSignature = signature(payer, typed(request));
        u.workerSignature = signature(worker, typed(result));
    }

    function typed(bytes32 hash) internal view returns (bytes32) {
        return keccak256(abi.encodePacked("\x19\x01", ledger.domainSeparator(), hash));
    }

    function add(Usage memory u) internal {
        book.add(u, ledger.payerId(u.request.payer), ledger.splitOf(book.getHeader().epoch), false);
    }

    function post() internal {
        Header memory h = book.getHeader();
        Header memory g = book.getPrevious();
        bytes32[] memory path = book.lastPath();
        vm.prank(poster);
        ledger.post(h, g, path);
    }

    function finish() internal {
        vm.warp(block.timestamp + 1 days);
        ledger.finalizeEpoch(book.getHeader());
    }

    /// @dev Proves record i wrong; it MUST be.
    function convict(uint64 i, Usage memory u) internal {
        (Spent memory spent, Earned[] memory earned) = book.openings(i);
        uint64 epoch = book.getHeader().epoch;
        uint256 before = token.balanceOf(watcher);
        Challenges.Claim memory c = book.claimOf(i);
        vm.prank(watcher);
        challenges.proveUsage(c, u, spent, earned);
        rejected(epoch, before);
    }

    function rejected(uint64 epoch, uint256 before) internal view {
        eq(ledger.tip(), epoch - 1, "tip");
        eq(staking.bondedOf(poster), 4 * BOND, "bond");
        eq(token.balanceOf(watcher) - before, BOND * 3 / 10, "reward");
        eq(token.balanceOf(staking.BURN()), BOND * 7 / 10, "burned");
    }

    function opened(uint64 i) internal view returns (Earned[] memory e) {
        (, e) = book.openings(i);
    }

    function payment(uint96 amount) internal view returns (Payment memory p) {
        p.distribution.pool = keccak256("pool of owasp");
        p.distribution.epoch = 1;
        p.distribution.amount = amount;
        p.distribution.evidence = "statement";
        p.distribution.credits = new Credit[](2);
        p.distribution.credits[0] = Credit(bytes32(uint256(0xa11ce)), 0, amount - 1);
        p.distribution.credits[1] = Credit(bytes32(uint256(0xb0b)), 0, 1);
        p.poolPlace = 5;
        p.places = new uint32[](2);
        (p.places[0], p.places[1]) = (7, 8);
        p.signature = signature(POSTER, typed(step.hashOf(p)));
    }

    function force(Usage memory u) internal {
        uint32[] memory places = u.places;
        u.places = new uint32[](0);
        challenges.force(u);
        u.places = places;
    }

    function addVoid(Usage memory u) internal {
        book.add(u, ledger.payerId(u.request.payer), split, true);
    }
}
