// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {Header, Headers} from "./Header.sol";
import {Ledger} from "./Ledger.sol";
import {Payment, Records, Usage} from "./Records.sol";
import {Context, Earned, Spent, State, Step} from "./Step.sol";
import {Tree} from "./Tree.sol";

/// @title Challenges: an epoch is wrong if one of its records is
/// @notice Each proof names one record and ends in Ledger.reject, or reverts: with StepIsRight if the record is as it
/// must be. Data that nobody was shown is demanded in chunks. Records that aggregators leave out are forced in.
contract Challenges {
    using SafeERC20 for IERC20;

    /// @dev A record of an epoch with the states around it.
    struct Claim {
        Header header;
        Header previous; // for what was forced, and the state before record 0
        uint64 record;
        bytes32[] recordPath;
        State before; // for a record that is not the first
        bytes32[] beforePath; // in the trace
        State later;
        bytes32[] laterPath;
    }

    /// @dev A record at its place.
    struct At {
        Header header;
        uint64 record;
        bytes32[] path;
    }

    /// @dev Records 16 i to 16 i + 15 of an epoch, as far as there are that many, with the states after them.
    struct Chunk {
        Header header;
        uint64 index;
        uint8[] kinds; // of each record, in order: 1 a usage, 2 a distribution, 3 one that is void
        Usage[] usages; // those of kind 1, in order
        Payment[] payments; // of kind 2
        Void[] voids; // of kind 3
        bytes32[] recordPath; // of the chunk's subtree
        State[] states;
        bytes32[] tracePath;
    }

    /// @dev A record that stands as void. Its content is in the event that forced it in, or zero if it was dismissed.
    struct Void {
        bytes32 content;
        bytes32 placed;
    }

    struct Demand {
        address by; // zero once shown
        uint48 time;
        uint96 bond;
    }

    struct Entry {
        bytes32 content; // zero once dismissed
        uint48 time;
    }

    Ledger public immutable ledger;

    /// @notice Whether a content was forced in before: once is enough.
    mapping(bytes32 content => bool) public wasForced;

    mapping(bytes32 => Demand) private _demands;
    Entry[] private _queue;

    event Demanded(uint64 indexed epoch, uint64 chunk, address by);
    event Shown(uint64 indexed epoch, uint64 chunk);
    event Forced(uint256 indexed entry, bytes32 content, Usage usage);
    event Dismissed(uint256 indexed entry);

    error NotPosted(uint64 epoch);
    error AlreadyFinal(uint64 epoch);
    error WrongPrevious();
    error WrongTrace();
    error NoSuchRecord(uint64 record);
    error NotThatRecord();
    error StepIsRight();
    error NotTheSame();
    error AlreadyDemanded();
    error NotDemanded();
    error TooEarly(uint256 time);
    error TooLate();
    error TooLarge();
    error AlreadyForced();

    constructor(Ledger ledger_) {
        ledger = ledger_;
    }

    /// @notice Proves that a record was not as its header says: it is signed by the wrong people, spends more than
    /// there is, is put on somebody else's place, or the state after it is not what it does.
    function proveUsage(Claim calldata c, Usage calldata u, Spent calldata spent, Earned[] calldata earned) external {
        _record(c.header, c.record, Records.leaf(u), c.recordPath);
        Context memory x = _context(c.header.epoch);
        x.payerId = ledger.payerId(u.request.payer);
        x.limit = ledger.limitOf(x.payerId, c.header.epoch);
        State memory s = _before(c);
        _judge(c, Step.usage(s, u, x, spent, earned), s);
    }

    /// @notice Proves that a usage that stands as void is not, was not forced in, or changed the state.
    function proveVoid(Claim calldata c, Usage calldata u, Spent calldata spent, Earned[] calldata earned) external {
        _record(c.header, c.record, Records.voidLeaf(u), c.recordPath);
        Context memory x = _context(c.header.epoch);
        x.payerId = ledger.payerId(u.request.payer);
        x.limit = ledger.limitOf(x.payerId, c.header.epoch);
        State memory s = _before(c);
        bytes32 was = Step.leafOf(s);
        _judgeVoid(c, was, Step.usage(s, u, x, spent, earned));
    }

    /// @notice Proves the same as proveUsage of a distribution.
    function provePayment(Claim calldata c, Payment calldata p, Earned[] calldata earned) external {
        _record(c.header, c.record, Records.leaf(p), c.recordPath);
        Context memory x = _context(c.header.epoch);
        x.enrolled = ledger.isEnrolled(Step.distributor(p, x.domain), c.header.epoch);
        State memory s = _before(c);
        _judge(c, Step.payment(s, p, x, earned), s);
    }

    function _before(Claim calldata c) private pure returns (State memory s) {
        Header calldata p = c.previous;
        if (Headers.hash(p) != c.header.previous) revert WrongPrevious();
        if (c.record == 0) return State(p.spentRoot, p.earnedRoot, p.totalSpent, p.accounts);
        s = c.before;
        _traced(c.header, Step.leafOf(s), c.record - 1, c.beforePath);
    }

    function _judge(Claim calldata c, Step.Verdict verdict, State memory s) private {
        bytes32 later = Step.leafOf(c.later);
        _traced(c.header, later, c.record, c.laterPath);
        if (verdict == Step.Verdict.Right && later == Step.leafOf(s)) revert StepIsRight();
        ledger.reject(c.header.epoch, msg.sender, this.proveUsage.selector);
    }

    /// @dev The same of a record that stands as void.
    function _judgeVoid(Claim calldata c, bytes32 was, Step.Verdict verdict) private {
        bytes32 later = Step.leafOf(c.later);
        _traced(c.header, later, c.record, c.laterPath);
        bool forced = c.record < c.header.forced - c.previous.forced;
        if (verdict == Step.Verdict.Void && forced && later == was) revert StepIsRight();
        ledger.reject(c.header.epoch, msg.sender, this.proveVoid.selector);
    }

    function _traced(Header calldata h, bytes32 leaf, uint64 i, bytes32[] calldata path) private pure {
        if (Tree.climb(leaf, i, path, Headers.RECORD_DEPTH) != h.traceRoot) revert WrongTrace();
    }

    /// @notice Proves that a record settles what another record, of the same or an older epoch, has settled.
    function proveDuplicate(At calldata first, Usage calldata a, At calldata second, Usage calldata b) external {
        if (Records.key(a) != Records.key(b)) revert NotTheSame();
        _duplicate(first, Records.leaf(a), second, Records.leaf(b));
    }

    /// @notice The same of distributions.
    function proveDuplicatePayment(At calldata first, Payment calldata a, At calldata second, Payment calldata b)
        external
    {
        if (Records.key(a) != Records.key(b)) revert NotTheSame();
        _duplicate(first, Records.leaf(a), second, Records.leaf(b));
    }

    function _duplicate(At calldata first, bytes32 a, At calldata second, bytes32 b) private {
        _recordOf(first.header, first.record, a, first.path);
        _record(second.header, second.record, b, second.path);
        uint64 epoch = second.header.epoch;
        if (first.header.epoch > epoch || first.header.epoch == epoch && first.record >= second.record) {
            revert NotTheSame();
        }
        ledger.reject(epoch, msg.sender, this.proveDuplicate.selector);
    }

    /// @notice Demands that a chunk of 16 records of an epoch be shown, with the states after them. The bond goes to who
    /// shows it; if nobody does in time, the epoch is rejected and the bond comes back.
    function demand(Header calldata h, uint64 chunk) external {
        bytes32 hash = _open(h);
        Ledger.Epoch memory p = ledger.epochOf(h.epoch);
        Ledger.Terms memory t = ledger.getTerms();
        if (block.timestamp >= uint256(p.postedAt) + p.window) revert TooLate();
        if (uint256(chunk) << Headers.CHUNK_DEPTH >= h.records) revert NoSuchRecord(chunk);
        Demand storage d = _demands[_key(hash, chunk)];
        if (d.time != 0) revert AlreadyDemanded();
        (d.by, d.time, d.bond) = (msg.sender, uint48(block.timestamp), t.demandBond);
        ledger.countDemand(h.epoch, false);
        emit Demanded(h.epoch, chunk, msg.sender);
        ledger.token().safeTransferFrom(msg.sender, address(this), t.demandBond);
    }

    function _key(bytes32 hash, uint64 chunk) private pure returns (bytes32) {
        return keccak256(abi.encode(hash, chunk));
    }

    /// @notice Shows a demanded chunk.
    function show(Chunk calldata c) external {
        bytes32 hash = _open(c.header);
        Demand storage d = _demands[_key(hash, c.index)];
        if (d.by == address(0)) revert NotDemanded();
        d.by = address(0);

        uint256 first = uint256(c.index) << Headers.CHUNK_DEPTH;
        uint256 n = c.header.records - first;
        if (n > 1 << Headers.CHUNK_DEPTH) n = 1 << Headers.CHUNK_DEPTH;
        if (c.kinds.length != n || c.states.length != n) revert NoSuchRecord(uint64(first + n - 1));
        uint256 depth = Headers.RECORD_DEPTH - Headers.CHUNK_DEPTH;
        bytes32[] memory leaves = new bytes32[](1 << Headers.CHUNK_DEPTH);
        for (uint256 i = 0; i < n; ++i) {
            leaves[i] = Step.leafOf(c.states[i]);
        }
        if (Tree.climbFrom(Tree.fold(leaves), Headers.CHUNK_DEPTH, c.index, c.tracePath, depth) != c.header.traceRoot) {
            revert WrongTrace();
        }
        uint256[4] memory next; // of each kind
        for (uint256 i = 0; i < leaves.length; ++i) {
            leaves[i] = i < n ? _leaf(c, c.kinds[i], next[c.kinds[i] & 3]++) : bytes32(0);
        }
        if (Tree.climbFrom(Tree.fold(leaves), Headers.CHUNK_DEPTH, c.index, c.recordPath, depth) != c.header.recordsRoot) {
            revert NotThatRecord();
        }
        ledger.countDemand(c.header.epoch, true);
        emit Shown(c.header.epoch, c.index);
        ledger.token().safeTransfer(msg.sender, d.bond);
    }

    /// @dev The leaf of record i of those of its kind in a chunk.
    function _leaf(Chunk calldata c, uint8 kind, uint256 i) private pure returns (bytes32) {
        if (kind == 1) return Records.leaf(c.usages[i]);
        if (kind == 2) return Records.leaf(c.payments[i]);
        if (kind == 3) return Records.leaf(3, c.voids[i].content, c.voids[i].placed);
        revert NotThatRecord();
    }

    /// @notice Rejects an epoch of which a demanded chunk was not shown in time.
    function proveWithheld(Header calldata h, uint64 chunk) external {
        Demand storage d = _demands[_key(_open(h), chunk)];
        Ledger.Terms memory t = ledger.getTerms();
        address by = d.by;
        if (by == address(0)) revert NotDemanded();
        if (block.timestamp < uint256(d.time) + t.demandTime) revert TooEarly(uint256(d.time) + t.demandTime);
        d.by = address(0);
        ledger.token().safeTransfer(by, d.bond);
        ledger.reject(h.epoch, msg.sender, this.proveWithheld.selector);
    }

    /// @notice Gives back the bond of a demand of an epoch that was dropped for another reason.
    function reclaim(uint64 epoch, bytes32 header, uint64 chunk) external {
        if (ledger.hashOf(epoch) == header) revert AlreadyDemanded();
        bytes32 key = _key(header, chunk);
        Demand memory d = _demands[key];
        if (d.by == address(0)) revert NotDemanded();
        delete _demands[key];
        ledger.token().safeTransfer(d.by, d.bond);
    }

    /// @notice How long the queue of forced records is.
    function queueLength() external view returns (uint256) {
        return _queue.length;
    }

    /// @notice An entry of the queue.
    function entry(uint256 i) external view returns (Entry memory) {
        return _queue[i];
    }

    /// @notice Whether an epoch may take the queue up to an entry: no further than it goes, and all that has waited
    /// long enough.
    function mayStopAt(uint256 i) external view returns (bool) {
        if (i >= _queue.length) return i == _queue.length;
        return block.timestamp <= uint256(_queue[i].time) + ledger.getTerms().forceTime;
    }

    /// @notice Forces a settled request in that aggregators leave out: the next epochs must begin with it.
    function force(Usage calldata u) external {
        if (
            u.request.workers.length > Records.MAX_WORKERS || u.result.credits.length > Records.MAX_CREDITS
                || u.payerSignature.length != 65 || u.workerSignature.length != 65 || u.places.length != 0
        ) revert TooLarge();
        bytes32 content = Records.content(u);
        if (wasForced[content]) revert AlreadyForced();
        wasForced[content] = true;
        _queue.push(Entry(content, uint48(block.timestamp)));
        emit Forced(_queue.length - 1, content, u);
    }

    /// @notice Takes an entry out of the queue that an epoch has settled already, and none has taken yet.
    /// @param tip the last header
    function dismiss(uint256 i, Usage calldata forced, At calldata p, Usage calldata settled, Header calldata tip)
        external
    {
        _posted(tip);
        if (tip.epoch != ledger.tip() || i < tip.forced) revert TooLate();
        _recordOf(p.header, p.record, Records.leaf(settled), p.path);
        if (_queue[i].content != Records.content(forced)) revert NotThatRecord();
        if (Records.key(forced) != Records.key(settled)) revert NotTheSame();
        _queue[i].content = 0;
        emit Dismissed(i);
    }

    /// @notice Proves that an epoch does not begin with what was forced in: a record has another content. An entry stands
    /// as a usage (1), or as void (3) with its content, which is zero for one that was dismissed.
    function proveForcedOut(At calldata p, Header calldata previous, uint8 kind, bytes32 content, bytes32 placed)
        external
    {
        if (Headers.hash(previous) != p.header.previous) revert WrongPrevious();
        if (p.record >= p.header.forced - previous.forced) revert NoSuchRecord(p.record);
        _record(p.header, p.record, Records.leaf(kind, content, placed), p.path);
        bool stands = kind == 3 || kind == 1 && content != 0;
        if (stands && content == _queue[previous.forced + p.record].content) revert StepIsRight();
        ledger.reject(p.header.epoch, msg.sender, this.proveForcedOut.selector);
    }

    /// @notice Proves that a record that was dismissed changed the state all the same.
    function proveDismissed(Claim calldata c, bytes32 placed) external {
        _record(c.header, c.record, Records.leaf(3, 0, placed), c.recordPath);
        _judgeVoid(c, Step.leafOf(_before(c)), Step.Verdict.Void);
    }

    function _context(uint64 epoch) private view returns (Context memory x) {
        x.domain = ledger.domainSeparator();
        x.epoch = epoch;
        x.split = ledger.splitOf(epoch);
    }

    /// @dev The hash of an epoch that can still be rejected.
    function _open(Header calldata h) private view returns (bytes32) {
        if (h.epoch <= ledger.finalTip()) revert AlreadyFinal(h.epoch);
        return _posted(h);
    }

    function _posted(Header calldata h) private view returns (bytes32 hash) {
        hash = ledger.hashOf(h.epoch);
        if (hash == 0 || hash != Headers.hash(h)) revert NotPosted(h.epoch);
    }

    /// @dev Checks that a leaf is a record of an epoch that can still be rejected.
    function _record(Header calldata h, uint64 i, bytes32 leaf, bytes32[] calldata path) private view {
        _open(h);
        _in(h, i, leaf, path);
    }

    /// @dev Checks that a leaf is a record of an epoch.
    function _recordOf(Header calldata h, uint64 i, bytes32 leaf, bytes32[] calldata path) private view {
        _posted(h);
        _in(h, i, leaf, path);
    }

    function _in(Header calldata h, uint64 i, bytes32 leaf, bytes32[] calldata path) private pure {
        if (i >= h.records) revert NoSuchRecord(i);
        if (Tree.climb(leaf, i, path, Headers.RECORD_DEPTH) != h.recordsRoot) revert NotThatRecord();
    }
}
