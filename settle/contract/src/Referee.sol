// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {F32} from "./F32.sol";
import {Lists} from "./Lists.sol";
import {Links} from "./Links.sol";
import {Questions} from "./Questions.sol";
import {Primitives} from "./Primitives.sol";
import {Agreed, Record, Sealed, Shown} from "./Sealed.sol";
import {Staking} from "./Staking.sol";

/// @title Referee: the last step of a dispute about a computation
/// @notice Two peers committed to different results of one job. Three openings have found one tile of 64x64 elements,
/// a fourth one element of it: who computed it signed how it comes from the operands. This contract looks at one
/// primitive of that, or at a window of 64 fused multiply-adds, and at what its signer committed to before. It convicts
/// who contradicts arithmetic or itself, and nobody else: an honest opening has nothing wrong, and reverts with
/// NothingWrong. The definition is package dispute of the project, JudgeBrief.
contract Referee {
    using SafeERC20 for IERC20;

    /// @dev A tile of an operand or of the result, and its way to the list of the step.
    struct Part {
        uint8 which; // 0 a, 1 b, 2 start, 3 with, 4 the result; with lines 4 is the result and others the operand
        uint32 tile;
        bytes data;
        bytes32[] path;
        bytes32 tensor;
        bytes32[] entry;
    }

    /// @dev What one last step consists of: records of the accused as they travel, what it signed that a step consists
    /// of, and what is shown of the element that it opened.
    struct Brief {
        bytes plan;
        bytes reveal;
        bytes ops;
        bytes element;
        Shown outline;
        Shown operator;
        Shown[] instructions;
        Shown[] shown;
        Part[] part;
    }

    /// @notice What somebody is convicted for.
    enum Why {
        Nothing,
        NoOperator, // an element of an operator that is not there
        NoElement, // or of a tile, or outside of it
        Form, // not the operator's chain, or not as many lines
        Window, // the FMAs of a window give something else
        Order, // two windows do not follow each other
        Line, // a line is not the formula's, or its primitive gives something else
        Read, // a line reads what another did not give
        Result, // the result is not what the last line or window gives
        Tile, // an operand or the result is not what was committed to
        Link, // see Links
        Silence // see Questions
    }

    struct Element {
        bytes32 windows;
        uint256 op;
        uint256 out;
        uint256 tile;
        uint256 spot; // row.64 + column in the tile
        uint256 inner;
        uint256 rule;
        uint256 start;
        uint256 with;
        uint256 result;
        uint256 row; // in the whole result
        uint256 col;
        bytes32 list; // of the step
        uint256 values; // in it
    }

    /// @dev What came of a conviction.
    struct Conviction {
        address challenger; // zero: there is none
        uint96 taken; // of the stake
    }

    /// @notice Parts of a slash in 1/10,000; the rest is burned.
    uint256 public constant CLIENT_BPS = 2000;
    uint256 public constant CHALLENGER_BPS = 3000;

    uint256 private constant LINES = 3;
    uint256 private constant ABSENT = 0;

    Staking public immutable staking;
    IERC20 public immutable token;

    /// @notice Judges what needs no arithmetic.
    Links public immutable links;

    /// @notice Asks who says nothing.
    Questions public immutable questions;

    /// @notice Whose records are judged.
    uint64 public immutable network;

    /// @notice What a wrong tile costs, in 1/10,000 of a stake.
    uint16 public immutable penaltyBps;

    mapping(bytes32 jobAndSigner => Conviction) private _convictions;

    event Convicted(
        bytes32 indexed job, address indexed signer, address indexed staker, uint256 step, Why why, uint256 taken
    );

    error NotAnElement();
    error NotAnOperator();
    error NotShown(uint256 index);
    error TooMuchShown();
    error NothingWrong();
    error AlreadyConvicted();
    error NothingStaked(address staker);
    error BadTerms();
    error NotAJudge();

    /// @param staking_ MUST let this contract slash
    /// @param bond of who asks for an element on the chain
    /// @param time to answer, seconds
    constructor(Staking staking_, uint64 network_, uint16 penaltyBps_, uint96 bond, uint32 time) {
        if (penaltyBps_ == 0 || penaltyBps_ > 10_000) revert BadTerms();
        staking = staking_;
        token = staking_.token();
        network = network_;
        links = new Links(network_);
        questions = new Questions(staking_, network_, bond, time);
        penaltyBps = penaltyBps_;
    }

    /// @notice Convicts who signed the brief's records. A part of its stake is burned, a part is the client's that it
    /// named in its plan, and a part the caller's.
    function convict(Brief calldata b) external {
        convictFor(msg.sender, b);
    }

    /// @notice Does so for a challenger, whose part of the stake it is.
    function convictFor(address challenger, Brief calldata b) public returns (bytes32 job, address signer) {
        uint256 step;
        address client;
        Why why;
        (job, step, signer, client, why) = judge(b);
        if (why == Why.Nothing) revert NothingWrong();
        _punish(job, step, signer, client, why, challenger);
    }

    /// @notice Who had a signer convicted in a job, zero if nobody had, and what it lost here. A contract that holds a
    /// stake for the same job takes only what that is more: one fault is paid for once.
    function convictionOf(bytes32 job, address signer) external view returns (address challenger, uint96 taken) {
        Conviction storage c = _convictions[keccak256(abi.encode(job, signer))];
        return (c.challenger, c.taken);
    }

    /// @notice Convicts who committed to what does not follow, or did not answer. Only Links and Questions call it.
    function punish(bytes32 job, uint256 step, address signer, address client, address challenger) external {
        bool linked = msg.sender == address(links);
        if (!linked && msg.sender != address(questions)) revert NotAJudge();
        _punish(job, step, signer, client, linked ? Why.Link : Why.Silence, challenger);
    }

    function _punish(bytes32 job, uint256 step, address signer, address client, Why why, address challenger) private {
        Conviction storage c = _convictions[keccak256(abi.encode(job, signer))];
        if (c.challenger != address(0)) revert AlreadyConvicted();
        if (challenger == address(0)) challenger = staking.BURN();
        c.challenger = challenger;
        address staker = staking.stakerOf(signer);
        uint256 stake = staking.totalOf(staker);
        if (stake == 0) revert NothingStaked(staker);
        uint256 taken =
            staking.slash(staker, (stake * penaltyBps + 9999) / 10_000, address(this), CLIENT_BPS + CHALLENGER_BPS);
        c.taken = uint96(taken);
        emit Convicted(job, signer, staker, step, why, taken);
        uint256 reward = taken * (CLIENT_BPS + CHALLENGER_BPS) / 10_000;
        uint256 toClient = taken * CLIENT_BPS / 10_000;
        if (toClient > 0) token.safeTransfer(client == address(0) ? staking.BURN() : client, toClient);
        if (reward > toClient) token.safeTransfer(challenger, reward - toClient);
    }

    /// @notice Says what is wrong, if anything, and who signed it. It reverts where things do not belong together.
    function judge(Brief calldata b)
        public
        view
        returns (bytes32 job, uint256 step, address signer, address client, Why why)
    {
        Element memory e;
        bytes32 operators;
        uint256 ops;
        (job, step, signer, client, operators, ops) = _records(b, e);
        if (e.op >= ops || e.out >= 4) return (job, step, signer, client, Why.NoOperator);
        Sealed.leaf(b.operator, e.op * 4 + e.out, ops * 4, operators);
        why = _wrong(b, e);
    }

    /// @notice What this contract makes of primitives, for anybody to compare.
    /// @param lines primitive, x, y, z in the upper 128 bits, 4 bytes each
    /// @return results what each gives, and 2^32 added for a NaN
    function work(uint256[] calldata lines) external pure returns (uint256[] memory results) {
        results = new uint256[](lines.length);
        for (uint256 i = 0; i < lines.length; ++i) {
            uint256 l = lines[i];
            (uint256 r, bool ok) = Primitives.work(_at(l, 0), _at(l, 1), _at(l, 2), _at(l, 3));
            results[i] = ok ? r : r | 1 << 32;
        }
    }

    /// @dev Opens the records and checks that they belong together: one signer, one job, the list of one step.
    function _records(Brief calldata b, Element memory e)
        private
        view
        returns (bytes32 job, uint256 step, address signer, address client, bytes32 operators, uint256 ops)
    {
        Agreed memory a = Sealed.agreed(b.plan, b.reveal, network);
        Record memory o = Sealed.opened(b.ops, a, network);
        (job, step, signer, client) = (a.job, o.sequence, a.signer, a.client);
        Record memory r = Sealed.open(b.element, network);
        _element(b.element[166:], e);
        uint256 sequence = e.op << 43 | e.out << 30 | e.tile << 12 | e.spot;
        if (r.kind != Sealed.OPEN_ELEMENT || r.subject != o.digest || r.sequence != sequence || r.signer != signer) {
            revert Sealed.NotTogether();
        }
        (e.values, e.list) = Sealed.opening(b.ops);
        Sealed.outline(b.outline, a, step);
        uint256 head = _word(b.outline.data, 0);
        if (head >> 224 != e.values) revert Sealed.NotTogether();
        ops = head >> 192 & 0xffffffff;
        operators = bytes32(_word(b.outline.data, 1));
    }

    /// @dev The payload of OpenElement: a string of 96 bytes.
    function _element(bytes calldata p, Element memory e) private pure {
        if (p.length != 98 || bytes2(p[:2]) != 0x5860) revert NotAnElement();
        e.windows = bytes32(p[2:34]);
        uint256 w = uint256(bytes32(p[34:66]));
        (e.op, e.out, e.tile, e.spot) = (w >> 224, w >> 192 & 0xffffffff, w >> 160 & 0xffffffff, w >> 128 & 0xffffffff);
        (e.inner, e.rule, e.start, e.with) = (w >> 96 & 0xffffffff, w >> 64 & 0xffffffff, w >> 32 & 0xffffffff, w & 0xffffffff);
        w = uint256(bytes32(p[66:98]));
        e.result = w >> 224;
        if (
            w << 32 != 0 || e.rule > LINES || e.inner == 0 || e.inner > 1 << 20 || e.spot >= 4096 || e.op >= 1 << 20
                || e.out >= 1 << 13 || e.tile >= 1 << 18
        ) revert NotAnElement();
    }

    /// @dev What is wrong with an element of an operator that is there.
    function _wrong(Brief calldata b, Element memory e) private pure returns (Why why) {
        bytes calldata op = b.operator.data;
        if (op.length % 32 != 0 || op.length < 224) revert NotAnOperator();
        {
            uint256 place = _word(op, 6);
            uint256 across = (_at(place, 3) + 63) >> 6;
            if (e.tile >= across * ((_at(place, 2) + 63) >> 6)) return Why.NoElement;
            e.row = e.tile / across * 64 + e.spot / 64;
            e.col = e.tile % across * 64 + e.spot % 64;
            if (e.row >= _at(place, 2) || e.col >= _at(place, 3)) return Why.NoElement;
        }
        uint256 head = _word(op, 0);
        if (
            e.rule != _at(head, 0) || e.inner != _at(head, 1) || _at(_word(op, 4), 0) == ABSENT && e.start != 0
                || _at(_word(op, 5), 0) == ABSENT && e.with != 0
        ) return Why.Form;
        if (b.shown.length > 2 || b.part.length > 1) revert TooMuchShown();
        return e.rule == LINES ? _wrongLines(b, e) : _wrongChain(b, e);
    }

    // Lines.

    function _wrongLines(Brief calldata b, Element memory e) private pure returns (Why why) {
        bytes calldata op = b.operator.data;
        for (uint256 i = 0; i < b.shown.length; ++i) {
            Shown calldata s = b.shown[i];
            Sealed.leaf(s, s.index, e.inner, e.windows);
            if (i >= b.instructions.length) revert NotShown(s.index);
            Sealed.leaf(b.instructions[i], s.index, e.inner, bytes32(_word(op, 1)));
            if (s.data.length != 32 || b.instructions[i].data.length != 16) return Why.Line;
            uint256 line = uint256(bytes32(s.data));
            if (line >> 128 != uint128(bytes16(b.instructions[i].data)) || !_lineHolds(op, e, line)) return Why.Line;
            if (s.index == e.inner - 1 && line & 0xffffffff != e.result) return Why.Result;
        }
        if (b.shown.length == 2) {
            uint256 line = uint256(bytes32(b.shown[0].data));
            uint256 given = uint256(bytes32(b.shown[1].data)) & 0xffffffff;
            uint256 reads = Primitives.reads(line >> 224);
            for (uint256 k = 0; k < 3; ++k) {
                if (reads >> k & 1 == 1 && _at(line, 1 + k) == b.shown[1].index && _at(line, 4 + k) != given) {
                    return Why.Read;
                }
            }
        }
        if (b.part.length == 0) return Why.Nothing;
        if (b.part[0].which == 4) return _wrongResult(b, e);
        if (b.shown.length == 0) revert NotShown(0);
        uint256 load = uint256(bytes32(b.shown[0].data));
        if (load >> 224 != Primitives.LOAD) revert NotShown(b.shown[0].index);
        uint256 place = _operand(op, _at(load, 1) + 1);
        _tensor(b.part[0], place, e);
        return _tileHas(b.part[0], place, _at(load, 5), _at(load, 6), load & 0xffffffff) ? Why.Nothing : Why.Tile;
    }

    /// @dev Does a line again. What is loaded is compared with its tile elsewhere.
    function _lineHolds(bytes calldata op, Element memory e, uint256 line) private pure returns (bool) {
        uint256 kind = line >> 224;
        uint256 reads = Primitives.reads(kind);
        for (uint256 k = 0; k < 3; ++k) {
            if (reads >> k & 1 == 0 && _at(line, 4 + k) != 0) return false;
        }
        uint256 result = line & 0xffffffff;
        if (kind == Primitives.CONST) return result == _at(line, 1);
        if (kind == Primitives.ROW) return result == e.row;
        if (kind == Primitives.COL) return result == e.col;
        if (kind == Primitives.LOAD) {
            uint256 in_ = 7 + _at(line, 1);
            uint256 place = in_ < op.length / 32 ? _word(op, in_) : 0;
            return result == 0 || _at(line, 5) < _at(place, 2) && _at(line, 6) < _at(place, 3);
        }
        (uint256 want, bool ok) = Primitives.work(kind, _at(line, 4), _at(line, 5), _at(line, 6));
        return ok && want == result;
    }

    // Chains of FMAs.

    function _wrongChain(Brief calldata b, Element memory e) private pure returns (Why why) {
        uint256 n = (e.inner - 1) / 64 + 1;
        for (uint256 i = 0; i < b.shown.length; ++i) {
            Shown calldata s = b.shown[i];
            if (i > 0 && s.index != b.shown[0].index + 1) revert NotShown(s.index);
            Sealed.leaf(s, s.index, n, e.windows);
            if (!_windowHolds(s, e.inner)) return Why.Window;
            uint256 head = uint256(bytes32(s.data[:32]));
            if (s.index == 0 && _at(head, 4) != e.start) return Why.Form;
            if (s.index == n - 1 && _ruled(e.rule, _at(head, 5), e.with) != e.result) return Why.Result;
        }
        if (b.shown.length == 2) {
            uint256 v = uint256(bytes32(b.shown[0].data[:32]));
            uint256 w = uint256(bytes32(b.shown[1].data[:32]));
            if (_at(w, 4) != _at(v, 5) || b.shown[1].index % 4 != 0 && _at(w, 2) != _at(v, 3)) return Why.Order;
        }
        if (b.part.length == 0) return Why.Nothing;
        if (b.part[0].which == 4) return _wrongResult(b, e);
        return _wrongOperands(b, e);
    }

    /// @dev Does the FMAs of a window of a chain of inner again.
    function _windowHolds(Shown calldata s, uint256 inner) private pure returns (bool) {
        bytes calldata w = s.data;
        if (w.length != 544) return false;
        uint256 head = _word(w, 0);
        uint256 count = inner - s.index * 64 < 64 ? inner - s.index * 64 : 64;
        if (head & type(uint64).max != 0 || _at(head, 0) != s.index || _at(head, 1) != count) return false;
        uint256 acc = _at(head, 2);
        if (s.index % 4 == 0 && acc != 0) return false;
        for (uint256 i = 0; i < 64; ++i) {
            uint256 x = _at(_word(w, 1 + i / 8), i % 8);
            uint256 y = _at(_word(w, 9 + i / 8), i % 8);
            if (i < count) acc = F32.fma(x, y, acc);
            else if (x | y != 0) return false;
        }
        uint256 sum = _at(head, 4);
        if (s.index % 4 == 3 || s.index == (inner - 1) / 64) sum = F32.add(sum, acc);
        return F32.isFinite(acc) && F32.isFinite(sum) && acc == _at(head, 3) && sum == _at(head, 5);
    }

    /// @dev The result that the sum of the last window gives.
    function _ruled(uint256 rule, uint256 sum, uint256 with) private pure returns (uint256) {
        if (rule == 1) return F32.add(with, sum);
        if (rule == 2) return F32.mul(sum, with);
        return sum;
    }

    /// @dev Compares the operands of a window, or what the chain starts from or ends with, with a tile.
    function _wrongOperands(Brief calldata b, Element memory e) private pure returns (Why) {
        bytes calldata op = b.operator.data;
        Part calldata p = b.part[0];
        if (p.which > 3) revert NotShown(p.which);
        uint256 reach = _word(op, 2 + p.which);
        uint256 place = _operand(op, _at(reach, 0));
        _tensor(p, place, e);
        uint256 row = _at(reach, 1) + _along(_at(reach, 5), e);
        uint256 col = _at(reach, 2) + _along(_at(reach, 6), e);
        if (p.which > 1) {
            return _tileHas(p, place, row, col, p.which == 2 ? e.start : e.with) ? Why.Nothing : Why.Tile;
        }
        if (b.shown.length == 0) revert NotShown(0);
        bytes calldata w = b.shown[0].data;
        uint256 first = uint256(b.shown[0].index) * 64;
        uint256 count = _at(_word(w, 0), 1);
        for (uint256 i = 0; i < count; ++i) {
            uint256 said = _at(_word(w, 1 + 8 * p.which + i / 8), i % 8);
            uint256 k = first + i;
            if (!_tileHas(p, place, row + k * _at(reach, 3), col + k * _at(reach, 4), said)) return Why.Tile;
        }
        return Why.Nothing;
    }

    function _along(uint256 what, Element memory e) private pure returns (uint256) {
        return what == 1 ? e.row : what == 2 ? e.col : 0;
    }

    // Tiles.

    function _wrongResult(Brief calldata b, Element memory e) private pure returns (Why) {
        uint256 place = _word(b.operator.data, 6);
        _tensor(b.part[0], place, e);
        return _tileHas(b.part[0], place, e.row, e.col, e.result) ? Why.Nothing : Why.Tile;
    }

    /// @dev The place of an operand, counted from 1.
    function _operand(bytes calldata op, uint256 i) private pure returns (uint256 place) {
        if (i == 0 || 6 + i >= op.length / 32) revert NotAnOperator();
        place = _word(op, 6 + i);
        if (_at(place, 5) != 1) revert NotAnOperator();
    }

    /// @dev Checks that a tile is of a value that was committed to.
    function _tensor(Part calldata p, uint256 place, Element memory e) private pure {
        if (Lists.shaList(p.tensor, _at(place, 0), e.values, p.entry) != e.list) revert Sealed.NotInList(_at(place, 0));
        bytes32 got =
            Lists.tensor(p.data, p.tile, _at(place, 1), _at(place, 2), _at(place, 3), _at(place, 4) == 1, p.path);
        if (got != p.tensor) revert Sealed.NotInList(p.tile);
    }

    /// @dev Says whether a tile has these bits at an element, or does not have the element.
    function _tileHas(Part calldata p, uint256 place, uint256 row, uint256 col, uint256 bits)
        private
        pure
        returns (bool)
    {
        uint256 wide = _at(place, 3);
        uint256 across = (wide + 63) >> 6;
        if (row / 64 != p.tile / across || col / 64 != p.tile % across || row >= _at(place, 2) || col >= wide) return true;
        uint256 width = wide - p.tile % across * 64;
        if (width > 64) width = 64;
        return Primitives.element(_at(place, 1), p.data, (row % 64) * width + col % 64) == bits;
    }

    // Bytes.

    function _word(bytes calldata b, uint256 i) private pure returns (uint256 w) {
        assembly ("memory-safe") {
            w := calldataload(add(b.offset, shl(5, i)))
        }
    }

    /// @dev Number k of a word of eight.
    function _at(uint256 w, uint256 k) private pure returns (uint256) {
        unchecked {
            return w >> (224 - 32 * k) & 0xffffffff;
        }
    }
}
