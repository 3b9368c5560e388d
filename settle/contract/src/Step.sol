// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {Credit, Distribution, Payment, Records, Request, Result, Usage} from "./Records.sol";
import {Tree} from "./Tree.sol";

/// @dev What an epoch changes, after each of its records.
struct State {
    bytes32 spentRoot; // tree of spent sums, by payer
    bytes32 earnedRoot; // tree of accounts
    uint96 totalSpent;
    uint32 accounts; // places of the tree of accounts that are taken, from the left
}

/// @dev A leaf of the tree of spent sums, with its path.
struct Spent {
    uint96 spent;
    bytes32[] path;
}

/// @dev A leaf of the tree of accounts, with its path. An empty one is all zeros. Only pools distribute.
struct Earned {
    bytes32 account;
    uint96 earned;
    uint96 distributed;
    bytes32[] path;
}

/// @dev What a step needs to know that is neither in the record nor in the state.
struct Context {
    bytes32 domain; // EIP-712
    uint64 epoch;
    uint32 payerId;
    uint96 limit; // what the payer has deposited for this epoch
    bool enrolled; // whether the signer of a distribution may
    uint16[6] split; // of a fee, in 1/10,000 by class
}

/// @title Step: what one record does to the state, as every aggregator must compute it
/// @notice Each function changes `s` and says how the record was: Right; Void, if who signed it is at fault, which
/// changes nothing and stands in an epoch only if it was forced in, as void; Misplaced, if who posted it is.
/// A path that does not lead to the root of the state reverts: that is the caller's fault.
library Step {
    enum Verdict {
        Right,
        Void,
        Misplaced
    }

    /// @notice Depth of both trees.
    uint256 internal constant DEPTH = 24;

    // Classes of a fee. The parts of the treasury, the stakers and the storage go to fixed places; a class that a
    // record has no credits of leaves its part to the treasury, and so does what does not divide.
    uint256 internal constant TREASURY = 0;
    uint256 internal constant WORKERS = 1;
    uint256 internal constant STAKERS = 2;
    uint256 internal constant STORAGE = 3;
    uint256 internal constant OWNERS = 4;
    uint256 internal constant DATA = 5;

    // Places 0, 1 and 2 of the tree of accounts are these pools.
    bytes32 internal constant TREASURY_POOL = keccak256("openledger treasury");
    bytes32 internal constant STAKERS_POOL = keccak256("openledger stakers");
    bytes32 internal constant STORAGE_POOL = keccak256("openledger storage");
    uint256 internal constant FIXED = 3;

    error BadPath();
    error BadOpenings(uint256 got, uint256 want);

    /// @notice Settles a request: the payer's sum grows by the fee, and the fee is divided.
    /// @param earned the leaves at places 0, 1, 2 and those of the credits, each as the ones before it left the tree
    function usage(State memory s, Usage calldata u, Context memory c, Spent calldata spent, Earned[] calldata earned)
        internal
        pure
        returns (Verdict)
    {
        if (!signed(u, c)) return Verdict.Void;
        Credit[] calldata credits = u.result.credits;
        if (u.places.length != credits.length) return Verdict.Misplaced;

        uint256 fee = u.request.fee;
        (bytes32 was, bytes32 root) =
            Tree.roots(leafOf(spent.spent), leafOf(uint96(spent.spent + fee)), c.payerId, spent.path, DEPTH);
        if (was != s.spentRoot) revert BadPath();
        if (uint256(spent.spent) + fee > c.limit) return Verdict.Void;
        s.spentRoot = root;

        if (earned.length != FIXED + credits.length) revert BadOpenings(earned.length, FIXED + credits.length);
        uint256[] memory amounts = divide(u, c.split);
        bytes32[3] memory pools = [TREASURY_POOL, STAKERS_POOL, STORAGE_POOL];
        for (uint256 i = 0; i < FIXED; ++i) {
            if (!credit(s, i, pools[i], amounts[i], earned[i])) return Verdict.Misplaced;
        }
        for (uint256 i = 0; i < credits.length; ++i) {
            if (!credit(s, u.places[i], credits[i].account, amounts[FIXED + i], earned[FIXED + i])) {
                return Verdict.Misplaced;
            }
        }
        s.totalSpent = uint96(s.totalSpent + fee);
        return Verdict.Right;
    }

    /// @notice Pays out of a pool what it has earned and not yet distributed.
    /// @param earned the leaf of the pool and those of the credits, each as the ones before it left the tree
    function payment(State memory s, Payment calldata p, Context memory c, Earned[] calldata earned)
        internal
        pure
        returns (Verdict)
    {
        Distribution calldata d = p.distribution;
        if (!signed(p, c)) return Verdict.Void;
        if (p.places.length != d.credits.length) return Verdict.Misplaced;
        if (earned.length != 1 + d.credits.length) revert BadOpenings(earned.length, 1 + d.credits.length);

        if (earned[0].account != d.pool) return Verdict.Misplaced;
        uint256 distributed = uint256(earned[0].distributed) + d.amount;
        State memory later = State(s.spentRoot, s.earnedRoot, s.totalSpent, s.accounts);
        if (!change(later, p.poolPlace, earned[0], d.pool, earned[0].earned, distributed)) return Verdict.Misplaced;
        if (distributed > earned[0].earned) return Verdict.Void;
        s.earnedRoot = later.earnedRoot;
        for (uint256 i = 0; i < d.credits.length; ++i) {
            if (!credit(s, p.places[i], d.credits[i].account, d.credits[i].weight, earned[1 + i])) {
                return Verdict.Misplaced;
            }
        }
        return Verdict.Right;
    }

    /// @notice Whether a request and its answer are signed, in time, by who they name, and of sound form.
    function signed(Usage calldata u, Context memory c) private pure returns (bool) {
        Request calldata q = u.request;
        Result calldata r = u.result;
        bytes32 request = Records.hash(q);
        if (r.request != request || c.epoch < q.firstEpoch || c.epoch > q.lastEpoch) return false;
        if (q.workers.length > Records.MAX_WORKERS || r.credits.length > Records.MAX_CREDITS) return false;
        for (uint256 i = 0; i < r.credits.length; ++i) {
            uint256 class = r.credits[i].class;
            if (class != WORKERS && class != OWNERS && class != DATA) return false;
            if (r.credits[i].account == 0) return false;
        }
        if (q.payer == address(0) || signer(c.domain, request, u.payerSignature) != q.payer) return false;
        address worker = signer(c.domain, Records.hash(r), u.workerSignature);
        for (uint256 i = 0; i < q.workers.length; ++i) {
            if (worker != address(0) && worker == q.workers[i]) return true;
        }
        return false;
    }

    /// @notice The same of a distribution.
    function signed(Payment calldata p, Context memory c) private pure returns (bool) {
        Distribution calldata d = p.distribution;
        if (!c.enrolled || d.epoch >= c.epoch) return false;
        if (d.credits.length == 0 || d.credits.length > Records.MAX_PAYMENTS) return false;
        uint256 sum;
        for (uint256 i = 0; i < d.credits.length; ++i) {
            if (d.credits[i].account == 0 || d.credits[i].account == d.pool || d.credits[i].class != 0) return false;
            sum += d.credits[i].weight;
        }
        return sum == d.amount;
    }

    /// @notice Who signed a distribution; zero if nobody did.
    function distributor(Payment calldata p, bytes32 domain) internal pure returns (address) {
        return signer(domain, Records.hash(p.distribution), p.signature);
    }

    function signer(bytes32 domain, bytes32 hash, bytes calldata signature) internal pure returns (address who) {
        (who,,) = ECDSA.tryRecover(keccak256(abi.encodePacked("\x19\x01", domain, hash)), signature);
    }

    /// @notice What the fixed places and the credits of a record get; it sums to the fee.
    function divide(Usage calldata u, uint16[6] memory split) internal pure returns (uint256[] memory amounts) {
        Credit[] calldata credits = u.result.credits;
        uint256 fee = u.request.fee;
        uint256[6] memory part;
        for (uint256 k = 1; k < 6; ++k) {
            part[k] = fee * split[k] / 10_000;
        }
        uint256 data = part[DATA] * u.result.gain >> 32;
        part[OWNERS] += part[DATA] - data;
        part[DATA] = data;

        uint256[6] memory weights;
        for (uint256 i = 0; i < credits.length; ++i) {
            weights[credits[i].class] += credits[i].weight;
        }
        amounts = new uint256[](FIXED + credits.length);
        amounts[1] = part[STAKERS];
        amounts[2] = part[STORAGE];
        amounts[0] = fee - part[STAKERS] - part[STORAGE];
        for (uint256 i = 0; i < credits.length; ++i) {
            uint256 w = credits[i].weight;
            if (w == 0) continue;
            uint256 amount = part[credits[i].class] * w / weights[credits[i].class];
            amounts[FIXED + i] = amount;
            amounts[0] -= amount;
        }
    }

    /// @notice Adds an amount to an account at a place, which is its own or the next free one.
    function credit(State memory s, uint256 place, bytes32 account, uint256 amount, Earned calldata leaf)
        private
        pure
        returns (bool)
    {
        if (place >= 1 << DEPTH) return false;
        uint256 sum = uint256(leaf.earned) + amount;
        if (!change(s, place, leaf, account, sum, leaf.distributed) || sum > type(uint96).max) return false;
        if (leaf.account != 0) return leaf.account == account;
        return place == s.accounts++;
    }

    /// @dev Puts a new leaf in the place of one that is opened; false if there is no such place.
    function change(
        State memory s,
        uint256 place,
        Earned calldata leaf,
        bytes32 account,
        uint256 earned,
        uint256 distributed
    ) private pure returns (bool) {
        if (place >= 1 << DEPTH) return false;
        (bytes32 was, bytes32 root) =
            Tree.roots(leafOf(leaf), leafOf(account, uint96(earned), uint96(distributed)), place, leaf.path, DEPTH);
        if (was != s.earnedRoot) revert BadPath();
        s.earnedRoot = root;
        return true;
    }

    /// @notice The leaf of a payer who has spent a sum.
    function leafOf(uint96 spent) internal pure returns (bytes32) {
        return spent == 0 ? bytes32(0) : keccak256(abi.encodePacked(bytes9(0x000c00000000000000), spent));
    }

    /// @notice The leaf of an account.
    function leafOf(bytes32 account, uint96 earned, uint96 distributed) internal pure returns (bytes32) {
        return account == 0
            ? bytes32(0)
            : keccak256(abi.encodePacked(bytes9(0x003800000000000000), account, earned, distributed));
    }

    function leafOf(Earned calldata e) internal pure returns (bytes32) {
        if (e.account == 0 && (e.earned != 0 || e.distributed != 0)) revert BadPath();
        return leafOf(e.account, e.earned, e.distributed);
    }

    /// @notice The leaf of a state in the trace of an epoch.
    function leafOf(State memory s) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encodePacked(bytes9(0x005000000000000000), s.spentRoot, s.earnedRoot, s.totalSpent, s.accounts)
            );
    }
}
