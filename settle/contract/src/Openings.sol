// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {Ledger} from "./Ledger.sol";
import {Distribution, Records} from "./Records.sol";
import {Staking} from "./Staking.sol";
import {Sibling, SumTree} from "./SumTree.sol";

/// @dev What who pins signs (EIP-712): it has all leaves of 1 KiB of a piece until a time.
struct Pin {
    bytes32 piece; // list digest of package merkle, SHA-256: the root that the manifest has of the piece
    uint64 leaves;
    uint64 until; // seconds
}

/// @dev What a distribution follows from: its evidence is the hash of this.
struct Scores {
    bytes32 root; // tree of sums over the accounts and their scores
    uint96 total; // their sum
    uint96 pot; // what is shared by them, over all parts of the distribution
    uint32 count;
}

/// @title Openings: show the leaf that you signed for, in time
/// @notice Anybody asks with a bond for one leaf; who answers gets the bond, who does not is slashed. So a pinner that
/// lost a piece and a distribution that follows from nothing are both found without anybody's word.
/// Credit j of part p of a distribution is of leaf 16 p + j of its scores, and pays no more than score/total of the pot.
contract Openings is AccessManaged, EIP712 {
    using SafeERC20 for IERC20;

    struct Terms {
        uint96 bond; // of who asks
        uint96 penalty; // of who does not answer, or paid too much
        uint32 time; // to answer, seconds
        uint16 capBps; // the most of a pot that one credit pays, in 1/10,000
    }

    struct Asked {
        address by; // zero: not asked, or answered
        uint48 until;
        uint96 bond;
        address staker; // who answers for it
        bytes32 duty; // what was signed, and by whom
    }

    /// @notice The part of a slash that goes to who asked, in 1/10,000; the rest is burned.
    uint256 public constant REWARD_BPS = 3000;

    /// @notice The largest leaf of a piece.
    uint256 public constant LEAF = 1024;

    bytes32 private constant PIN = keccak256("Pin(bytes32 piece,uint64 leaves,uint64 until)");

    IERC20 public immutable token;
    Staking public immutable staking;
    Ledger public immutable ledger;

    Terms private _terms;
    mapping(bytes32 key => Asked) private _asked;
    mapping(bytes32 duty => bool) private _convicted;

    event AskedFor(bytes32 indexed key, address indexed staker, bytes32 subject, uint256 leaf, address by);
    event Answered(bytes32 indexed key);
    event Convicted(bytes32 indexed duty, address indexed staker, uint256 taken);
    event TermsSet(Terms terms);

    error NotSigned();
    error Expired();
    error NoSuchLeaf(uint256 leaf);
    error AlreadyAsked();
    error NotAsked();
    error TooEarly(uint256 time);
    error WrongLeaf();
    error WrongEvidence();
    error WrongShare();
    error ShareIsRight();
    error AlreadyConvicted();
    error NothingStaked();

    constructor(address manager, Ledger ledger_, Terms memory terms_)
        AccessManaged(manager)
        EIP712("OpenLedger Openings", "1")
    {
        ledger = ledger_;
        staking = ledger_.staking();
        token = ledger_.token();
        _terms = terms_;
    }

    // Storage.

    /// @notice The EIP-712 digest of a pin, which who pins signs.
    function pinOf(Pin calldata p) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(PIN, p)));
    }

    /// @notice Asks who signed a pin for a leaf of it.
    function askPin(Pin calldata p, bytes calldata signature, uint64 leaf) external returns (bytes32 key) {
        if (block.timestamp > p.until) revert Expired();
        if (leaf >= p.leaves) revert NoSuchLeaf(leaf);
        bytes32 pin = pinOf(p);
        (address signer,,) = ECDSA.tryRecover(pin, signature);
        key = pinKey(signer, pin, leaf);
        _ask(key, signer, pin, leaf);
    }

    /// @notice The name of a question about a pin.
    function pinKey(address signer, bytes32 pin, uint64 leaf) public pure returns (bytes32) {
        return keccak256(abi.encode(signer, pin, leaf));
    }

    /// @notice Answers it. The bond goes to the payout address of who was asked, whoever sends the answer.
    /// @param path of the leaf in the piece, siblings from the lowest on
    function answerPin(Pin calldata p, address signer, uint64 leaf, bytes calldata data, bytes32[] calldata path)
        external
    {
        if (data.length > LEAF) revert WrongLeaf();
        bytes32 node = sha256(abi.encodePacked(uint8(0), _littleEndian(uint64(data.length)), data));
        node = sha256(abi.encodePacked(uint8(4), _littleEndian(p.leaves), _climb(node, leaf, p.leaves, path)));
        if (node != p.piece) revert WrongLeaf();
        _answer(pinKey(signer, pinOf(p), leaf));
    }

    /// @dev The root of package merkle's tree over n leaves: an odd node is promoted.
    function _climb(bytes32 node, uint256 i, uint256 n, bytes32[] calldata path) private pure returns (bytes32) {
        uint256 next;
        for (; n > 1; n = (n + 1) / 2) {
            if (i ^ 1 < n) {
                if (next == path.length) revert WrongLeaf();
                bytes32 other = path[next++];
                node = i & 1 == 0
                    ? sha256(abi.encodePacked(uint8(1), node, other))
                    : sha256(abi.encodePacked(uint8(1), other, node));
            }
            i /= 2;
        }
        if (next != path.length) revert WrongLeaf();
        return node;
    }

    function _littleEndian(uint64 x) private pure returns (bytes8 out) {
        for (uint256 i = 0; i < 8; ++i) {
            out |= bytes8(bytes1(uint8(x >> (8 * i)))) >> (8 * i);
        }
    }

    // Distributions.

    /// @notice Asks who signed a distribution for the leaf that one of its credits follows from.
    function askScore(Distribution calldata d, bytes calldata signature, uint256 i) external returns (bytes32 key) {
        if (i >= d.credits.length) revert NoSuchLeaf(i);
        bytes32 hash = Records.hash(d);
        address signer = _distributor(hash, signature);
        key = keccak256(abi.encode(signer, hash, i));
        _ask(key, signer, hash, i);
    }

    /// @notice Answers it, with the leaf and the sums beside its path; they MUST give what the credit pays.
    function answerScore(
        Distribution calldata d,
        bytes calldata signature,
        uint256 i,
        Scores calldata s,
        bytes32 account,
        uint96 score,
        Sibling[] calldata path
    ) external {
        if (_padded(d, i, s, account, score, path)) revert WrongShare();
        bytes32 hash = Records.hash(d);
        _answer(keccak256(abi.encode(_distributor(hash, signature), hash, i)));
    }

    /// @notice Convicts who signed a distribution of which one credit pays more than its score, or another account.
    function provePadded(
        Distribution calldata d,
        bytes calldata signature,
        uint256 i,
        Scores calldata s,
        bytes32 account,
        uint96 score,
        Sibling[] calldata path
    ) external {
        if (i >= d.credits.length) revert NoSuchLeaf(i);
        if (!_padded(d, i, s, account, score, path)) revert ShareIsRight();
        _convict(d, signature);
    }

    /// @notice Convicts who signed a distribution of which one credit pays more than the cap.
    function proveOverCap(Distribution calldata d, bytes calldata signature, uint256 i, Scores calldata s) external {
        if (i >= d.credits.length) revert NoSuchLeaf(i);
        if (keccak256(abi.encode(s)) != d.evidence) revert WrongEvidence();
        if (uint256(d.credits[i].weight) * 10_000 <= uint256(s.pot) * _terms.capBps) revert ShareIsRight();
        _convict(d, signature);
    }

    function _padded(
        Distribution calldata d,
        uint256 i,
        Scores calldata s,
        bytes32 account,
        uint96 score,
        Sibling[] calldata path
    ) private pure returns (bool) {
        if (keccak256(abi.encode(s)) != d.evidence) revert WrongEvidence();
        uint256 leaf = uint256(d.part) * Records.MAX_PAYMENTS + i;
        if (leaf >= s.count || leaf >> SumTree.DEPTH != 0) return true; // a credit of no leaf
        if (path.length != SumTree.DEPTH) revert WrongLeaf();
        (bytes32 root, uint256 sum) = SumTree.root(account, score, leaf, path);
        if (root != s.root) revert WrongLeaf();
        if (sum != s.total || account != d.credits[i].account || d.amount > s.pot) return true;
        // weight <= ceil(pot score / total)
        uint256 weight = d.credits[i].weight;
        return weight > 0 && (weight - 1) * s.total >= uint256(s.pot) * score;
    }

    function _distributor(bytes32 hash, bytes calldata signature) private view returns (address signer) {
        bytes32 digest = keccak256(abi.encodePacked("\x19\x01", ledger.domainSeparator(), hash));
        (signer,,) = ECDSA.tryRecover(digest, signature);
        if (signer == address(0)) revert NotSigned();
    }

    function _convict(Distribution calldata d, bytes calldata signature) private {
        bytes32 hash = Records.hash(d);
        address signer = _distributor(hash, signature);
        bytes32 duty = keccak256(abi.encode(signer, hash));
        if (_convicted[duty]) revert AlreadyConvicted();
        if (_slash(duty, staking.stakerOf(signer), msg.sender) == 0) revert NothingStaked();
    }

    // Both.

    /// @notice Ends a question that was not answered in time: who asked gets the bond back, and a reward if that is the
    /// first conviction for what was signed.
    function proveSilent(bytes32 key) external {
        Asked memory a = _asked[key];
        if (a.by == address(0)) revert NotAsked();
        if (block.timestamp <= a.until) revert TooEarly(uint256(a.until) + 1);
        delete _asked[key];
        token.safeTransfer(a.by, a.bond);
        if (!_convicted[a.duty]) _slash(a.duty, a.staker, a.by);
    }

    function _ask(bytes32 key, address signer, bytes32 subject, uint256 leaf) private {
        if (signer == address(0)) revert NotSigned();
        bytes32 duty = keccak256(abi.encode(signer, subject));
        if (_convicted[duty]) revert AlreadyConvicted();
        Terms memory t = _terms;
        Asked storage a = _asked[key];
        if (a.by != address(0)) revert AlreadyAsked();
        (a.by, a.until, a.bond) = (msg.sender, uint48(block.timestamp + t.time), t.bond);
        (a.staker, a.duty) = (staking.stakerOf(signer), duty);
        emit AskedFor(key, a.staker, subject, leaf, msg.sender);
        token.safeTransferFrom(msg.sender, address(this), t.bond);
    }

    function _answer(bytes32 key) private {
        Asked memory a = _asked[key];
        if (a.by == address(0)) revert NotAsked();
        delete _asked[key];
        emit Answered(key);
        token.safeTransfer(staking.payoutOf(a.staker), a.bond);
    }

    function _slash(bytes32 duty, address staker, address beneficiary) private returns (uint256 taken) {
        taken = staking.slash(staker, _terms.penalty, beneficiary, REWARD_BPS);
        _convicted[duty] = taken > 0;
        emit Convicted(duty, staker, taken);
    }

    /// @notice What was asked and is not answered.
    function asked(bytes32 key) external view returns (Asked memory) {
        return _asked[key];
    }

    /// @notice The terms that hold now.
    function getTerms() external view returns (Terms memory) {
        return _terms;
    }

    /// @notice Sets the terms.
    function setTerms(Terms calldata t) external restricted {
        _terms = t;
        emit TermsSet(t);
    }
}
