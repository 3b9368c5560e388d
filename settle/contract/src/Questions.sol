// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IReferee} from "./Links.sol";
import {Lists} from "./Lists.sol";
import {Agreed, Record, Sealed, Shown} from "./Sealed.sol";
import {Staking} from "./Staking.sol";

/// @title Questions: open the element that you signed for, in time
/// @notice Who does not open an element where it is asked off the chain is asked here, against a bond. It shows its
/// OpenElement record with all windows or lines, from which the last step follows, and gets the bond; if it does not,
/// it is convicted. So nobody escapes the Referee by saying nothing. Elements whose windows or lines do not fit into a
/// transaction cannot be asked for.
contract Questions {
    using SafeERC20 for IERC20;

    /// @dev What is asked, and that it can be: the records of who is asked and the operator of the step.
    struct Ask {
        bytes plan;
        bytes reveal;
        bytes ops;
        Shown outline;
        Shown operator;
        uint32 op;
        uint32 out;
        uint32 tile;
        uint32 spot; // row.64 + column in the tile
    }

    struct Question {
        address by; // zero: not asked; BURN once it is over
        uint40 until;
        bool lines;
        uint32 entries;
        address signer;
        uint64 sequence;
        address client;
        bytes32 job;
        bytes32 ops;
        uint256 step;
    }

    uint256 private constant LINES = 3;

    /// @notice The most bytes of windows or lines that can be asked for.
    uint256 public constant LIMIT = 1 << 17;

    IReferee public immutable referee;
    Staking public immutable staking;
    IERC20 public immutable token;
    uint64 public immutable network;

    /// @notice Of who asks, units of 1e-18 OPEN.
    uint96 public immutable bond;

    /// @notice To answer, seconds.
    uint32 public immutable time;

    mapping(bytes32 id => Question) private _questions;

    event Asked(bytes32 indexed id, bytes32 indexed job, address indexed signer, uint256 until, Ask ask);
    event Answered(bytes32 indexed id, bytes element, bytes list);
    event Silent(bytes32 indexed id, bool convicted);

    error NoSuchElement();
    error TooLong(uint256 size);
    error AlreadyAsked();
    error NotAsked();
    error NotTheAnswer();
    error TooEarly(uint256 until);
    error TooLate(uint256 until);

    /// @dev The Referee makes it.
    constructor(Staking staking_, uint64 network_, uint96 bond_, uint32 time_) {
        referee = IReferee(msg.sender);
        (staking, token, network, bond, time) = (staking_, staking_.token(), network_, bond_, time_);
    }

    /// @notice The name of a question: who is asked, the digest of its OpenOps, which others may have signed too, and
    /// the element.
    function idOf(address signer, bytes32 ops, uint32 op, uint32 out, uint32 tile, uint32 spot)
        public
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(signer, ops, uint256(op) << 43 | uint256(out) << 30 | uint256(tile) << 12 | spot));
    }

    /// @notice Asks for an element, against a bond of the caller.
    function ask(Ask calldata a) external returns (bytes32 id) {
        Agreed memory g = Sealed.agreed(a.plan, a.reveal, network);
        Record memory o = Sealed.opened(a.ops, g, network);
        id = idOf(o.signer, o.digest, a.op, a.out, a.tile, a.spot);
        Question storage q = _questions[id];
        if (q.by != address(0)) revert AlreadyAsked();
        Sealed.outline(a.outline, g, o.sequence);
        (q.lines, q.entries) = _fits(a);
        (q.by, q.until, q.signer, q.client) = (msg.sender, uint40(block.timestamp) + time, g.signer, g.client);
        (q.sequence, q.job, q.ops, q.step) =
            (uint64(uint256(a.op) << 43 | uint256(a.out) << 30 | uint256(a.tile) << 12 | a.spot), g.job, o.digest, o.sequence);
        emit Asked(id, g.job, g.signer, q.until, a);
        token.safeTransferFrom(msg.sender, address(this), bond);
    }

    /// @dev How many windows or lines an element has, which is there.
    function _fits(Ask calldata a) private pure returns (bool lines, uint32 entries) {
        bytes calldata o = a.outline.data;
        uint256 ops = uint32(bytes4(o[4:8]));
        (uint256 count,) = Sealed.opening(a.ops);
        if (count != uint32(bytes4(o[:4])) || a.op >= ops || a.out >= 4) revert NoSuchElement();
        Sealed.leaf(a.operator, uint256(a.op) * 4 + a.out, ops * 4, bytes32(o[32:64]));
        bytes calldata op = a.operator.data;
        if (op.length < 224) revert NoSuchElement();
        uint256 rows = uint32(bytes4(op[200:204]));
        uint256 cols = uint32(bytes4(op[204:208]));
        uint256 across = (cols + 63) / 64;
        if (
            across == 0 || a.spot >= 4096 || a.tile / across * 64 + a.spot / 64 >= rows
                || a.tile % across * 64 + a.spot % 64 >= cols
        ) revert NoSuchElement();
        uint256 inner = uint32(bytes4(op[4:8]));
        lines = uint32(bytes4(op[:4])) == LINES;
        uint256 n = lines ? inner : (inner + 63) / 64;
        uint256 size = n * (lines ? 32 : 544);
        if (n == 0 || size > LIMIT) revert TooLong(size);
        return (lines, uint32(n));
    }

    /// @notice Answers with the OpenElement record and all its windows or lines. Who is asked gets the bond.
    function answer(bytes32 id, bytes calldata element, bytes calldata list) external {
        Question storage q = _asked(id);
        if (block.timestamp > q.until) revert TooLate(q.until);
        Record memory r = Sealed.open(element, network);
        bytes calldata p = element[Sealed.PAYLOAD:];
        if (
            r.kind != Sealed.OPEN_ELEMENT || r.signer != q.signer || r.subject != q.ops || r.sequence != q.sequence
                || p.length != 98 || bytes2(p[:2]) != 0x5860
        ) revert NotTheAnswer();
        uint256 n = q.entries;
        uint256 size = q.lines ? 32 : 544;
        if (list.length != n * size) revert NotTheAnswer();
        bytes32[] memory leaves = new bytes32[](n);
        for (uint256 i = 0; i < n; ++i) {
            leaves[i] = Lists.keccakLeaf(list[i * size:(i + 1) * size]);
        }
        if (Lists.keccakSeal(n, Lists.keccakTree(leaves)) != bytes32(p[2:34])) revert NotTheAnswer();
        q.by = staking.BURN();
        emit Answered(id, element, list);
        token.safeTransfer(staking.payoutOf(staking.stakerOf(q.signer)), bond);
    }

    /// @notice Convicts who did not answer in time. Who asked gets the bond back, and is the challenger.
    function expire(bytes32 id) external {
        Question storage q = _asked(id);
        if (block.timestamp <= q.until) revert TooEarly(q.until);
        address by = q.by;
        q.by = staking.BURN();
        bool convicted = true;
        try referee.punish(q.job, q.step, q.signer, q.client, by) {}
        catch {
            convicted = false; // for another thing before, or there is no stake
        }
        emit Silent(id, convicted);
        token.safeTransfer(by, bond);
    }

    /// @notice What there is of a question.
    function question(bytes32 id) external view returns (Question memory) {
        return _questions[id];
    }

    function _asked(bytes32 id) private view returns (Question storage q) {
        q = _questions[id];
        if (q.by == address(0) || q.by == staking.BURN()) revert NotAsked();
    }
}
