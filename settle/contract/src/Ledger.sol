// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import {Challenges} from "./Challenges.sol";
import {Header, Headers} from "./Header.sol";
import {Staking} from "./Staking.sol";
import {Spent, State, Step} from "./Step.sol";
import {Tree} from "./Tree.sol";

/// @title Ledger: what was paid for answers, and who earned it
/// @notice Payers deposit; aggregators post one header per epoch, whatever it settled; anybody who recomputes it and
/// finds it wrong proves that in one transaction, by the one record whose step is wrong. What nobody has proven wrong
/// for a window is final, and everybody claims from it.
/// Invariants: sum of claims <= final totalSpent <= deposits; withdrawals <= deposits - spent.
contract Ledger is AccessManaged, EIP712 {
    using SafeERC20 for IERC20;
    using Checkpoints for Checkpoints.Trace160;

    /// @dev Times in seconds, amounts in units of 1e-18 OPEN.
    struct Terms {
        uint32 window; // in which a header can be proven wrong
        uint32 leaderTime; // after a header, in which only the leader may post
        uint32 demandTime; // in which demanded data must be shown
        uint32 forceTime; // after which a forced record must be taken
        uint96 bond; // stake of an aggregator, slashed whole
        uint32 cap; // the most that one epoch may spend, in whole OPEN
        uint96 demandBond; // of who demands data, to who shows it
    }

    /// @dev How an epoch was posted. One word.
    struct Posting {
        address poster; // staker
        uint40 postedAt; // seconds
        uint32 window; // in which it can be proven wrong, from then on
        uint24 open; // demands of it that are not answered
    }

    /// @dev The same with the hash, for who asks.
    struct Epoch {
        bytes32 hash;
        address poster;
        uint40 postedAt;
        uint32 window;
        uint24 open;
    }

    struct Payer {
        uint96 deposited;
        uint96 withdrawn;
        uint96 leaving;
        uint64 leavingEpoch; // from which it can no longer be spent
    }

    /// @dev A seat in the draw of leaders: its weight is what upTo has more than that of the seat before.
    struct Aggregator {
        address staker;
        uint96 upTo;
    }

    /// @dev A split of fees and the first epoch that uses it.
    struct Split {
        uint64 epoch;
        uint16[6] bps;
    }

    /// @notice The most aggregators of the leader's draw.
    uint256 public constant MAX_AGGREGATORS = 16;

    /// @notice The most epochs that are posted and not final, and one. Their postings are kept in as many words, which
    /// are written when this is deployed: to write one again costs a quarter of the first time.
    uint256 public constant RING = 128;

    /// @notice The part of a bond that goes to who proved a header wrong, in 1/10,000; the rest is burned.
    uint256 public constant REWARD_BPS = 3000;

    /// @notice The longest pause, and the least time between two, seconds.
    uint256 public constant PAUSE = 7 days;
    uint256 public constant BETWEEN_PAUSES = 30 days;

    IERC20 public immutable token;
    Staking public immutable staking;

    /// @notice Where epochs are proven wrong, and records forced in.
    Challenges public immutable challenges;

    Terms private _terms;
    Terms private _nextTerms;
    // In slots by what is read and written together.
    uint64 public tip; // the last epoch posted; 0 is before all
    uint64 public finalTip; // the last one that is final
    uint96 public finalSpent;
    uint32 private _nextFrom; // epoch from which the next terms hold; 0 if there are none
    uint64 public pausedUntil;
    uint96 public totalDeposited;
    uint96 public totalWithdrawn;

    /// @notice The hash of what is posted of an epoch.
    mapping(uint64 epoch => bytes32) public hashOf;
    Posting[RING] private _postings;
    mapping(address payer => uint32) public payerId; // from 1 on
    address[] public payers;
    mapping(uint32 id => Payer) public payerOf;
    mapping(uint256 place => uint96) public claimed;
    mapping(address key => uint64) public enrolledFrom; // epoch from which a key signs distributions
    mapping(address key => uint64) public enrolledUntil;
    Aggregator[] public aggregators;
    Split[] private _splits;
    mapping(uint32 id => Checkpoints.Trace160) private _limits;

    event Deposited(address indexed payer, uint32 id, uint96 amount, uint64 firstEpoch);
    event Leaving(address indexed payer, uint96 amount, uint64 epoch);
    event Withdrawn(address indexed payer, address to, uint96 amount);
    event Posted(uint64 indexed epoch, bytes32 hash, address indexed poster, Header header);
    event Rejected(uint64 indexed epoch, address indexed poster, address indexed challenger, bytes4 defect);
    event Final(uint64 indexed epoch, bytes32 hash);
    event Claimed(uint256 indexed place, address indexed account, address to, uint96 amount);
    event SplitSet(uint64 indexed epoch, uint16[6] bps);
    event TermsSet(uint64 indexed epoch, Terms terms);
    event Enrolled(address indexed key, uint64 from);
    event Resigned(address indexed key, uint64 until);
    event Joined(address indexed staker, uint256 index, uint96 weight);
    event Paused(uint256 until);

    error ZeroAmount();
    error NotNext(uint64 got, uint64 want);
    error WrongPrevious();
    error SpendsMoreThanDeposited(uint96 spent, uint96 deposited);
    error SpendsMoreThanCap(uint256 spent, uint256 cap);
    error TooFarAhead();
    error WrongTrace();
    error NotTheLeader(address leader);
    error NotBonded(uint256 bonded, uint256 want);
    error LeavesOutForced(uint256 entry);
    error TooEarly(uint256 time);
    error OpenDemands(uint256 n);
    error NotPosted(uint64 epoch);
    error NotChallenges(address caller);
    error AlreadyFinal(uint64 epoch);
    error NotFinal(uint64 epoch);
    error WrongLeaf();
    error NothingToClaim();
    error ClaimsMoreThanSpent();
    error BadSplit();
    error IsPaused(uint256 until);
    error AlreadyJoined();
    error Full();

    /// @param manager says who may change the split and the terms, and who may pause
    constructor(address manager, Staking staking_, Terms memory terms_, uint16[6] memory split)
        AccessManaged(manager)
        EIP712("OpenLedger", "1")
    {
        staking = staking_;
        token = staking_.token();
        _terms = terms_;
        _setSplit(0, split);
        payers.push(address(0));
        hashOf[0] = Headers.hashOf(Headers.genesis());
        for (uint256 i = 0; i < RING; ++i) {
            _postings[i].open = 1;
        }
        challenges = new Challenges(this);
    }

    modifier whenNotPaused() {
        if (block.timestamp < pausedUntil) revert IsPaused(pausedUntil);
        _;
    }

    modifier onlyChallenges() {
        if (msg.sender != address(challenges)) revert NotChallenges(msg.sender);
        _;
    }

    // Deposits.

    /// @notice Deposits for a payer. Aggregators count it once the transaction is final.
    function deposit(address payer, uint96 amount) external {
        if (amount == 0) revert ZeroAmount();
        uint32 id = payerId[payer];
        if (id == 0) {
            id = uint32(payers.length);
            if (id >> Step.DEPTH != 0) revert Full();
            payerId[payer] = id;
            payers.push(payer);
        }
        payerOf[id].deposited += amount;
        totalDeposited += amount;
        emit Deposited(payer, id, amount, _raise(id, amount));
        token.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @notice Takes an amount of the caller's deposit out of what can be spent, from the epoch after the next on.
    function exit(uint96 amount) external {
        uint32 id = payerId[msg.sender];
        Payer storage p = payerOf[id];
        uint160 limit = _limits[id].latest();
        if (amount == 0) revert ZeroAmount();
        if (amount > limit) revert SpendsMoreThanDeposited(amount, uint96(limit));
        uint64 epoch = tip + 2;
        _limits[id].push(epoch, limit - amount);
        p.leaving += amount;
        p.leavingEpoch = epoch;
        emit Leaving(msg.sender, amount, epoch);
    }

    /// @notice Pays out what has left and was not spent, once an epoch is final that the rest could not be spent in.
    /// @param h the last final header; what the payer has spent is opened against it
    function withdraw(Header calldata h, Spent calldata spent, address to) external whenNotPaused {
        uint32 id = payerId[msg.sender];
        Payer storage p = payerOf[id];
        _onlyFinal(h);
        if (p.leaving == 0) revert ZeroAmount();
        if (h.epoch + 1 < p.leavingEpoch) revert TooEarly(p.leavingEpoch - 1);
        if (Tree.climb(Step.leafOf(spent.spent), id, spent.path, Step.DEPTH) != h.spentRoot) revert WrongLeaf();
        uint96 left = p.deposited - p.withdrawn - spent.spent;
        uint96 amount = left < p.leaving ? left : p.leaving;
        if (p.leaving > amount) _raise(id, p.leaving - amount);
        p.leaving = 0;
        p.withdrawn += amount;
        totalWithdrawn += amount;
        emit Withdrawn(msg.sender, to, amount);
        token.safeTransfer(to, amount);
    }

    /// @notice What a payer may have spent in all, up to and with an epoch.
    function limitOf(uint32 id, uint64 epoch) public view returns (uint96) {
        return uint96(_limits[id].upperLookup(epoch));
    }

    function _raise(uint32 id, uint96 amount) private returns (uint64 epoch) {
        epoch = tip + 1;
        (bool any, uint96 last, uint160 limit) = _limits[id].latestCheckpoint();
        if (any && last > epoch) epoch = uint64(last);
        _limits[id].push(epoch, limit + amount);
    }

    // Epochs.

    /// @notice Posts the next epoch. The caller's stake answers for it.
    /// @param before the header before it
    /// @param path of the last state in the trace, which is that of the header
    function post(Header calldata h, Header calldata before, bytes32[] calldata path) external {
        uint64 last = tip;
        if (h.epoch != last + 1) revert NotNext(h.epoch, last + 1);
        if (h.epoch - finalTip >= RING) revert TooFarAhead();
        if (h.previous != hashOf[last] || h.previous != Headers.hash(before)) revert WrongPrevious();
        if (h.totalSpent < before.totalSpent || h.totalSpent > totalDeposited - totalWithdrawn) {
            revert SpendsMoreThanDeposited(h.totalSpent, totalDeposited - totalWithdrawn);
        }
        _onlyTraced(h, before, path);
        if (h.forced < before.forced || h.forced - before.forced > h.records || !challenges.mayStopAt(h.forced)) {
            revert LeavesOutForced(h.forced);
        }
        if (_nextFrom != 0 && h.epoch >= _nextFrom) {
            _terms = _nextTerms;
            _nextFrom = 0;
        }
        uint256 cap = uint256(_terms.cap) * 1 ether;
        if (h.totalSpent - before.totalSpent > cap) revert SpendsMoreThanCap(h.totalSpent - before.totalSpent, cap);

        (address poster, uint256 bonded) = staking.bondOf(msg.sender);
        if (bonded < _terms.bond) revert NotBonded(bonded, _terms.bond);
        if (block.timestamp < uint256(_postings[last % RING].postedAt) + _terms.leaderTime) {
            address leader = leaderOf(h.epoch);
            if (leader != address(0) && leader != poster) revert NotTheLeader(leader);
        }
        tip = h.epoch;
        bytes32 hash = Headers.hash(h);
        hashOf[h.epoch] = hash;
        _postings[h.epoch % RING] = Posting(poster, uint40(block.timestamp), _terms.window, 0);
        emit Posted(h.epoch, hash, poster, h);
    }

    function _onlyTraced(Header calldata h, Header calldata before, bytes32[] calldata path) private pure {
        bytes32 last = Headers.last(h);
        if (h.records == 0) {
            if (last != Headers.last(before) || h.recordsRoot != 0 || h.traceRoot != 0) revert WrongTrace();
        } else {
            if (h.records > 1 << Headers.RECORD_DEPTH) revert WrongTrace();
            if (Tree.climb(last, h.records - 1, path, Headers.RECORD_DEPTH) != h.traceRoot) revert WrongTrace();
        }
    }

    /// @notice Makes the next epoch final, when its window is over.
    function finalizeEpoch(Header calldata h) external {
        uint64 next = finalTip + 1;
        if (h.epoch != next) revert NotNext(h.epoch, next);
        bytes32 hash = _posted(h);
        Posting memory p = _postings[next % RING];
        uint256 end = uint256(p.postedAt) + p.window;
        if (block.timestamp < end) revert TooEarly(end);
        if (p.open > 0) revert OpenDemands(p.open);
        finalTip = next;
        finalSpent = h.totalSpent;
        emit Final(next, hash);
    }

    /// @notice Pays what an account has earned and not yet claimed, to its payout address.
    /// @param digest of the first words of the last final header, and its earnedRoot
    /// @param leaf account and sum: account << 96 | earned; pools, which alone distribute, do not claim
    function claim(bytes32 digest, bytes32 earnedRoot, uint32 place, uint256 leaf, bytes32[] calldata path)
        external
        whenNotPaused
    {
        _onlyFinalRoot(digest, earnedRoot);
        if (Tree.climb(_leaf(leaf), place, path, Step.DEPTH) != earnedRoot) revert WrongLeaf();
        if (!_claim(place, leaf)) revert NothingToClaim();
        _onlySpent();
    }

    /// @notice Claims for several accounts at ascending places; those that have nothing to claim are passed over.
    /// @param proof the siblings that do not follow from the leaves, as Tree.join takes them
    function claimMany(
        bytes32 digest,
        bytes32 earnedRoot,
        uint32[] calldata places,
        uint256[] calldata leaves,
        bytes32[] calldata proof
    ) external whenNotPaused {
        _onlyFinalRoot(digest, earnedRoot);
        bytes32[] memory nodes = new bytes32[](places.length);
        uint256[] memory indices = new uint256[](places.length);
        for (uint256 i = 0; i < places.length; ++i) {
            (nodes[i], indices[i]) = (_leaf(leaves[i]), places[i]);
        }
        if (Tree.join(nodes, indices, proof, Step.DEPTH) != earnedRoot) revert WrongLeaf();
        for (uint256 i = 0; i < places.length; ++i) {
            _claim(places[i], leaves[i]);
        }
        _onlySpent();
    }

    function _leaf(uint256 leaf) private pure returns (bytes32) {
        if (leaf >> 96 == 0) revert WrongLeaf(); // nobody's is that of an empty place, whatever it earned
        return Step.leafOf(bytes32(leaf >> 96), uint96(leaf), 0);
    }

    /// @dev Pays what is claimed of a leaf that was opened; false if there is nothing.
    function _claim(uint32 place, uint256 leaf) private returns (bool) {
        uint96 earned = uint96(leaf);
        uint96 before = claimed[place];
        if (earned <= before) return false;
        claimed[place] = earned;
        address account = address(uint160(leaf >> 96));
        address to = staking.payoutOf(account);
        emit Claimed(place, account, to, earned - before);
        token.safeTransfer(to, earned - before);
        return true;
    }

    /// @dev What is left of the deposits is at least what final epochs have not spent, whatever a root says.
    function _onlySpent() private view {
        if (token.balanceOf(address(this)) + finalSpent < totalDeposited - totalWithdrawn) revert ClaimsMoreThanSpent();
    }

    /// @notice What was claimed in all, but for what was given to this contract.
    function totalClaimed() external view returns (uint256) {
        uint256 left = token.balanceOf(address(this));
        uint256 all = totalDeposited - totalWithdrawn;
        return all > left ? all - left : 0;
    }

    // Who posts and who signs distributions.

    /// @notice Joins the draw of leaders with the caller's bond, or brings its weight up to date.
    function join(uint256 index) external {
        (address staker, uint256 bonded) = staking.bondOf(msg.sender);
        uint256 n = aggregators.length;
        if (index < n) {
            address old = aggregators[index].staker;
            // A place is its holder's as long as the holder is bonded.
            if (old != staker && staking.freeOf(old) >= _terms.bond) revert AlreadyJoined();
        } else {
            if (index != n || index >= MAX_AGGREGATORS) revert Full();
            aggregators.push(Aggregator(address(0), n == 0 ? 0 : aggregators[n - 1].upTo));
        }
        if (bonded < _terms.bond) revert NotBonded(bonded, _terms.bond);
        uint96 sum;
        uint96 upTo;
        for (uint256 i = 0; i < aggregators.length; ++i) {
            Aggregator storage a = aggregators[i];
            uint96 weight = a.upTo - upTo;
            upTo = a.upTo;
            if (i == index) (a.staker, weight) = (staker, uint96(bonded));
            else if (a.staker == staker) revert AlreadyJoined();
            sum += weight;
            a.upTo = sum;
        }
        emit Joined(staker, index, uint96(bonded));
    }

    /// @notice Who alone may post an epoch in the leader's time: drawn by the header before it, by weight.
    function leaderOf(uint64 epoch) public view returns (address) {
        uint256 high = aggregators.length;
        if (high == 0) return address(0);
        uint256 draw = uint256(keccak256(abi.encode(hashOf[epoch - 1], epoch))) % aggregators[high - 1].upTo;
        uint256 low; // the first seat with draw < upTo
        --high;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (draw < aggregators[middle].upTo) high = middle;
            else low = middle + 1;
        }
        return aggregators[low].staker;
    }

    /// @notice Lets the caller's key sign distributions from the next epoch on. Its staker answers for them.
    function enroll() external {
        (, uint256 bonded) = staking.bondOf(msg.sender);
        if (bonded < _terms.bond) revert NotBonded(bonded, _terms.bond);
        if (enrolledFrom[msg.sender] != 0 && enrolledUntil[msg.sender] == 0) revert AlreadyJoined();
        // Epochs that may still be challenged are judged by what was then.
        if (enrolledUntil[msg.sender] > finalTip) revert TooEarly(enrolledUntil[msg.sender]);
        enrolledFrom[msg.sender] = tip + 1;
        enrolledUntil[msg.sender] = 0;
        emit Enrolled(msg.sender, tip + 1);
    }

    /// @notice Ends that, from the epoch after the next on.
    function resign() external {
        enrolledUntil[msg.sender] = tip + 2;
        emit Resigned(msg.sender, tip + 2);
    }

    // Governance.

    /// @notice Sets the split of fees in 1/10,000 by class, from the epoch after the next on.
    function setSplit(uint16[6] calldata bps) external restricted {
        _setSplit(tip + 2, bps);
    }

    /// @notice Sets the terms, from the epoch after the next on. Epochs keep the window that they were posted with.
    function setTerms(Terms calldata t) external restricted {
        _nextTerms = t;
        _nextFrom = uint32(tip + 2);
        emit TermsSet(tip + 2, t);
    }

    /// @notice Stops claims and withdrawals for at most 7 days, at most once in 30.
    function pause() external restricted {
        if (pausedUntil != 0 && block.timestamp < pausedUntil + BETWEEN_PAUSES) {
            revert TooEarly(pausedUntil + BETWEEN_PAUSES);
        }
        pausedUntil = uint64(block.timestamp + PAUSE);
        emit Paused(pausedUntil);
    }

    /// @notice Ends a pause.
    function unpause() external restricted {
        if (block.timestamp < pausedUntil) pausedUntil = uint64(block.timestamp);
        emit Paused(pausedUntil);
    }

    /// @notice The split that an epoch uses.
    function splitOf(uint64 epoch) public view returns (uint16[6] memory) {
        for (uint256 i = _splits.length; i > 1; --i) {
            if (_splits[i - 1].epoch <= epoch) return _splits[i - 1].bps;
        }
        return _splits[0].bps;
    }

    function _setSplit(uint64 epoch, uint16[6] memory bps) private {
        uint256 sum;
        for (uint256 k = 0; k < 6; ++k) {
            sum += bps[k];
        }
        if (sum != 10_000) revert BadSplit();
        if (_splits.length > 0 && _splits[_splits.length - 1].epoch == epoch) _splits.pop();
        _splits.push(Split(epoch, bps));
        emit SplitSet(epoch, bps);
    }

    // Parts.

    /// @notice Whether a key signs distributions of an epoch.
    function isEnrolled(address key, uint64 epoch) external view returns (bool) {
        uint64 from = enrolledFrom[key];
        uint64 until = enrolledUntil[key];
        return key != address(0) && from != 0 && from <= epoch && (until == 0 || epoch < until);
    }

    /// @notice The times and amounts that hold now.
    function getTerms() external view returns (Terms memory) {
        return _terms;
    }

    /// @notice What is posted of an epoch; of one before the last final one, nothing but the hash.
    function epochOf(uint64 epoch) external view returns (Epoch memory e) {
        e.hash = hashOf[epoch];
        if (e.hash == 0 || epoch < finalTip || epoch == 0) return e;
        Posting memory p = _postings[epoch % RING];
        (e.poster, e.postedAt, e.window, e.open) = (p.poster, p.postedAt, p.window, p.open);
    }

    /// @notice The EIP-712 domain of requests, results and distributions.
    function domainSeparator() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    function _posted(Header calldata h) private view returns (bytes32 hash) {
        hash = hashOf[h.epoch];
        if (hash == 0 || hash != Headers.hash(h)) revert NotPosted(h.epoch);
    }

    function _onlyFinal(Header calldata h) private view {
        _posted(h);
        if (h.epoch != finalTip) revert NotFinal(h.epoch);
    }

    function _onlyFinalRoot(bytes32 digest, bytes32 earnedRoot) private view {
        if (Headers.join(digest, earnedRoot) != hashOf[finalTip]) revert NotFinal(finalTip);
    }

    /// @notice Counts a demand that was made of an epoch, or answered. It is not final before all are.
    function countDemand(uint64 epoch, bool answered) external onlyChallenges {
        if (epoch <= finalTip) revert AlreadyFinal(epoch);
        Posting storage p = _postings[epoch % RING];
        if (answered) --p.open;
        else ++p.open;
    }

    /// @notice Drops an epoch and all after it, and slashes who posted it: 30 % of the bond to the challenger.
    /// Challenges calls it when a proof holds.
    function reject(uint64 epoch, address challenger, bytes4 defect) external onlyChallenges {
        if (epoch <= finalTip) revert AlreadyFinal(epoch);
        address poster = _postings[epoch % RING].poster;
        for (uint64 e = epoch; e <= tip; ++e) {
            delete hashOf[e];
        }
        tip = epoch - 1;
        emit Rejected(epoch, poster, challenger, defect);
        staking.slash(poster, _terms.bond, challenger, REWARD_BPS);
    }
}
