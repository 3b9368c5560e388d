// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Challenges} from "../src/Challenges.sol";
import {Header, Headers} from "../src/Header.sol";
import {Payment, Records, Usage} from "../src/Records.sol";
import {Context, Earned, Spent, State, Step} from "../src/Step.sol";
import {Tree} from "../src/Tree.sol";

/// @dev A tree of fixed depth that is mostly empty.
contract SparseTree {
    uint256 public immutable depth;
    mapping(uint256 level => mapping(uint256 index => bytes32)) private _nodes;
    bytes32[] private _empty;

    constructor(uint256 depth_) {
        depth = depth_;
        _empty.push(0);
        for (uint256 i = 0; i < depth_; ++i) {
            _empty.push(keccak256(abi.encodePacked(uint8(1), _empty[i], _empty[i])));
        }
    }

    function node(uint256 level, uint256 index) public view returns (bytes32 n) {
        n = _nodes[level][index];
        if (n == 0) n = _empty[level];
    }

    function set(uint256 index, bytes32 leaf) external {
        _nodes[0][index] = leaf;
        for (uint256 level = 0; level < depth; ++level) {
            index >>= 1;
            _nodes[level + 1][index] =
                keccak256(abi.encodePacked(uint8(1), node(level, 2 * index), node(level, 2 * index + 1)));
        }
    }

    function root() external view returns (bytes32) {
        return node(depth, 0);
    }

    function path(uint256 index) external view returns (bytes32[] memory p) {
        return pathFrom(0, index);
    }

    /// @dev The path of a node of a level.
    function pathFrom(uint256 level, uint256 index) public view returns (bytes32[] memory p) {
        p = new bytes32[](depth - level);
        for (uint256 i = 0; i < p.length; ++i) {
            p[i] = node(level + i, (index >> i) ^ 1);
        }
    }

    /// @dev The siblings that do not follow from the leaves at places, as Tree.join takes them.
    function joined(uint32[] memory places) external view returns (bytes32[] memory proof) {
        proof = new bytes32[](places.length * depth);
        uint256 used;
        uint256 n = places.length;
        for (uint256 level = 0; level < depth; ++level) {
            uint256 m;
            for (uint256 i = 0; i < n; ++i) {
                uint32 p = places[i];
                if (p & 1 == 0 && i + 1 < n && places[i + 1] == p + 1) ++i;
                else proof[used++] = node(level, p ^ 1);
                places[m++] = p >> 1;
            }
            n = m;
        }
        assembly {
            mstore(proof, used)
        }
    }

    /// @dev The path of a leaf without the siblings that are not filled, where that is allowed.
    function shortPath(uint256 index) external view returns (bytes32[] memory p) {
        p = pathFrom(0, index);
        uint256 n = depth;
        while (n > 0 && index >> (n - 1) == 0 && p[n - 1] == _empty[n - 1]) --n;
        assembly {
            mstore(p, n)
        }
    }
}

/// @dev Step, with calldata arguments as it wants them.
contract StepCaller {
    function divide(Usage calldata u, uint16[6] memory split) external pure returns (uint256[] memory) {
        return Step.divide(u, split);
    }

    function leafOf(Usage calldata u) external pure returns (bytes32) {
        return Records.leaf(u);
    }

    function voidLeafOf(Usage calldata u) external pure returns (bytes32) {
        return Records.voidLeaf(u);
    }

    function leafOf(Payment calldata p) external pure returns (bytes32) {
        return Records.leaf(p);
    }

    function contentOf(Usage calldata u) external pure returns (bytes32) {
        return Records.content(u);
    }

    function climb(bytes32 leaf, uint256 index, bytes32[] calldata path, uint256 depth) external pure returns (bytes32) {
        return Tree.climb(leaf, index, path, depth);
    }

    function hashOf(Usage calldata u) external pure returns (bytes32 request, bytes32 result) {
        return (Records.hash(u.request), Records.hash(u.result));
    }

    function hashOf(Payment calldata p) external pure returns (bytes32) {
        return Records.hash(p.distribution);
    }
}

/// @dev What an aggregator keeps: the state, the records of the open epoch, and for each what a challenge opens.
contract Book {
    struct Leaf {
        bytes32 account;
        uint96 earned;
        uint96 distributed;
    }

    StepCaller private immutable _step = new StepCaller();
    SparseTree private immutable _spent = new SparseTree(Step.DEPTH);
    SparseTree private immutable _earned = new SparseTree(Step.DEPTH);
    SparseTree private _records;
    SparseTree private _trace;
    mapping(uint32 id => uint96) public spentOf;
    mapping(uint256 place => Leaf) public leafAt;
    uint96 public totalSpent;
    uint32 public accounts;

    Header public header; // of the epoch that is open
    Header public previous;
    Header private _saved;
    State[] private _states;
    mapping(uint256 record => Spent) private _spentAt;
    mapping(uint256 record => Earned[]) private _earnedAt;

    constructor() {
        previous = Headers.genesis();
        _begin();
    }

    function _begin() private {
        _records = new SparseTree(Headers.RECORD_DEPTH);
        _trace = new SparseTree(Headers.RECORD_DEPTH);
        header.epoch = previous.epoch + 1;
        header.records = 0;
        header.forced = previous.forced;
        header.previous = Headers.hashOf(previous);
        header.recordsRoot = 0;
        header.traceRoot = 0;
        _close();
        delete _states;
    }

    function _key(uint64 record) private view returns (uint256) {
        return uint256(header.epoch) << 64 | record;
    }

    /// @dev Writes the state into the header.
    function _close() private {
        header.spentRoot = _spent.root();
        header.earnedRoot = _earned.root();
        header.totalSpent = totalSpent;
        header.accounts = accounts;
    }

    /// @dev Goes on to the next epoch.
    function next() external {
        previous = header;
        _begin();
    }

    function setForced(uint64 forced) external {
        header.forced = forced;
    }

    /// @dev Settles a record; changes nothing of the state if it is void.
    function add(Usage calldata u, uint32 payerId, uint16[6] calldata split, bool isVoid) external {
        uint64 i = header.records;
        _spentAt[_key(i)] = Spent(spentOf[payerId], _spent.path(payerId));
        if (!isVoid) {
            spentOf[payerId] += u.request.fee;
            _spent.set(payerId, Step.leafOf(spentOf[payerId]));
            uint256[] memory amounts = _step.divide(u, split);
            _credit(i, 0, Step.TREASURY_POOL, amounts[0]);
            _credit(i, 1, Step.STAKERS_POOL, amounts[1]);
            _credit(i, 2, Step.STORAGE_POOL, amounts[2]);
            for (uint256 k = 0; k < u.places.length; ++k) {
                _credit(i, u.places[k], u.result.credits[k].account, amounts[3 + k]);
            }
            totalSpent += u.request.fee;
        }
        _recorded(isVoid ? _step.voidLeafOf(u) : _step.leafOf(u));
    }

    function pay(Payment calldata p) external {
        uint64 i = header.records;
        Leaf memory l = leafAt[p.poolPlace];
        _earnedAt[_key(i)].push(Earned(l.account, l.earned, l.distributed, _earned.path(p.poolPlace)));
        l.distributed += p.distribution.amount;
        leafAt[p.poolPlace] = l;
        _earned.set(p.poolPlace, Step.leafOf(l.account, l.earned, l.distributed));
        for (uint256 k = 0; k < p.places.length; ++k) {
            _credit(i, p.places[k], p.distribution.credits[k].account, p.distribution.credits[k].weight);
        }
        _recorded(_step.leafOf(p));
    }

    /// @dev Adds a leaf that does nothing.
    function addLeaf(bytes32 leaf) external {
        _recorded(leaf);
    }

    function _credit(uint64 record, uint256 place, bytes32 account, uint256 amount) private {
        Leaf memory l = leafAt[place];
        _earnedAt[_key(record)].push(Earned(l.account, l.earned, l.distributed, _earned.path(place)));
        if (l.account == 0) ++accounts;
        l.account = account;
        l.earned += uint96(amount);
        leafAt[place] = l;
        _earned.set(place, Step.leafOf(l.account, l.earned, l.distributed));
    }

    function _recorded(bytes32 leaf) private {
        uint64 i = header.records++;
        _records.set(i, leaf);
        _close();
        State memory s = State(header.spentRoot, header.earnedRoot, header.totalSpent, header.accounts);
        _states.push(s);
        _trace.set(i, Step.leafOf(s));
        header.recordsRoot = _records.root();
        header.traceRoot = _trace.root();
    }

    /// @dev Takes what is not so for the state after a record, as a dishonest aggregator would.
    function forge(uint64 i, State calldata s) external {
        _states[i] = s;
        _trace.set(i, Step.leafOf(s));
        header.traceRoot = _trace.root();
        if (i + 1 == header.records) {
            header.spentRoot = s.spentRoot;
            header.earnedRoot = s.earnedRoot;
            header.totalSpent = s.totalSpent;
            header.accounts = s.accounts;
        }
    }

    function stateAfter(uint64 i) external view returns (State memory) {
        return _states[i];
    }

    function getHeader() external view returns (Header memory) {
        return header;
    }

    function getPrevious() external view returns (Header memory) {
        return previous;
    }

    function lastPath() external view returns (bytes32[] memory p) {
        if (header.records > 0) p = _trace.shortPath(header.records - 1);
    }

    function claimOf(uint64 i) external view returns (Challenges.Claim memory c) {
        c.header = header;
        c.previous = previous;
        c.record = i;
        c.recordPath = _records.path(i);
        if (i > 0) {
            c.before = _states[i - 1];
            c.beforePath = _trace.path(i - 1);
        }
        c.later = _states[i];
        c.laterPath = _trace.path(i);
    }

    /// @dev The chunk of these records, which are those of the open epoch from 16 index on.
    function chunkOf(
        uint64 index,
        uint8[] memory kinds,
        Usage[] memory usages,
        Payment[] memory payments,
        Challenges.Void[] memory voids
    ) external view returns (Challenges.Chunk memory c) {
        (c.header, c.index, c.kinds, c.usages, c.payments, c.voids) = (header, index, kinds, usages, payments, voids);
        c.states = new State[](kinds.length);
        for (uint256 i = 0; i < kinds.length; ++i) {
            c.states[i] = _states[16 * index + i];
        }
        c.recordPath = _records.pathFrom(4, index);
        c.tracePath = _trace.pathFrom(4, index);
    }

    function where(uint64 i) external view returns (Challenges.At memory p) {
        p.header = header;
        p.record = i;
        p.path = _records.path(i);
    }

    function openings(uint64 i) external view returns (Spent memory, Earned[] memory) {
        return (_spentAt[_key(i)], _earnedAt[_key(i)]);
    }

    function earnedLeaf(uint256 place) external view returns (Earned memory) {
        Leaf memory l = leafAt[place];
        return Earned(l.account, l.earned, l.distributed, _earned.path(place));
    }

    /// @dev What a claim opens.
    function claimLeaf(uint256 place) external view returns (Earned memory) {
        Leaf memory l = leafAt[place];
        return Earned(l.account, l.earned, l.distributed, _earned.shortPath(place));
    }

    /// @dev Remembers the open epoch, which has no records, for restore.
    function save() external {
        _saved = header;
    }

    /// @dev Forgets the records since save, which changed nothing.
    function restore() external {
        header = _saved;
        delete _states;
        _records = new SparseTree(Headers.RECORD_DEPTH);
        _trace = new SparseTree(Headers.RECORD_DEPTH);
    }

    function joined(uint32[] calldata places) external view returns (bytes32[] memory) {
        return _earned.joined(places);
    }

    function spentLeaf(uint32 id) external view returns (Spent memory) {
        return Spent(spentOf[id], _spent.path(id));
    }
}
