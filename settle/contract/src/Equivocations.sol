// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {Ledger} from "./Ledger.sol";
import {Records, Result} from "./Records.sol";
import {Staking} from "./Staking.sol";

/// @title Equivocations: who says two things in one place is slashed
/// @notice Two sealed records of one place, or two results for one request, signed by one key. Honest signers journal
/// before they sign, and so never do it.
contract Equivocations is AccessManaged {
    /// @notice The part of a slash that goes to who proves it, in 1/10,000; the rest is burned.
    uint256 public constant REWARD_BPS = 3000;

    /// @dev A sealed record's header: magic and network, type, subject, sequence, digest of the payload; the first two
    /// words are its place. Big endian.
    uint256 private constant HEADER = 96;
    bytes12 private constant MAGIC = "openledger/1";

    Staking public immutable staking;
    Ledger public immutable ledger;
    uint64 public immutable network;

    /// @notice What an equivocation costs, units of 1e-18 OPEN.
    uint96 public penalty;

    /// @notice The types of records that it is an offence for: bit n is type n.
    uint256 public types;

    mapping(bytes32 => bool) private _convicted;

    event Convicted(address indexed signer, address indexed staker, bytes32 place, uint256 taken);
    event TermsSet(uint96 penalty, uint256 types);

    error NotOneSigner();
    error NotOnePlace();
    error NotAContradiction();
    error NotARecord();
    error NotAnOffence(uint256 kind);
    error AlreadyConvicted();
    error NothingStaked();

    constructor(address manager, Ledger ledger_, uint64 network_, uint96 penalty_, uint256 types_)
        AccessManaged(manager)
    {
        ledger = ledger_;
        staking = ledger_.staking();
        network = network_;
        _set(penalty_, types_);
    }

    /// @notice Convicts who sealed two records of one place.
    /// @param a header of the first, 96 bytes, and its signature
    function proveRecords(bytes calldata a, bytes calldata signatureA, bytes calldata b, bytes calldata signatureB)
        external
    {
        if (a.length != HEADER || b.length != HEADER || bytes12(a[:12]) != MAGIC) revert NotARecord();
        if (uint64(bytes8(a[12:20])) != network) revert NotARecord();
        uint256 kind = uint32(bytes4(a[20:24]));
        if (kind > 255 || types >> kind & 1 == 0) revert NotAnOffence(kind);
        bytes32 place = keccak256(a[:64]);
        if (place != keccak256(b[:64])) revert NotOnePlace();
        if (bytes32(a[64:]) == bytes32(b[64:])) revert NotAContradiction();
        _convict(sha256(a), signatureA, sha256(b), signatureB, place);
    }

    /// @notice Convicts who signed two results for one request.
    function proveResults(
        Result calldata a,
        bytes calldata signatureA,
        Result calldata b,
        bytes calldata signatureB
    ) external {
        if (a.request != b.request) revert NotOnePlace();
        bytes32 x = Records.hash(a);
        bytes32 y = Records.hash(b);
        if (x == y) revert NotAContradiction();
        bytes32 domain = ledger.domainSeparator();
        x = keccak256(abi.encodePacked("\x19\x01", domain, x));
        y = keccak256(abi.encodePacked("\x19\x01", domain, y));
        _convict(x, signatureA, y, signatureB, a.request);
    }

    function _convict(
        bytes32 a,
        bytes calldata signatureA,
        bytes32 b,
        bytes calldata signatureB,
        bytes32 place
    ) private {
        (address signer,,) = ECDSA.tryRecover(a, signatureA);
        (address other,,) = ECDSA.tryRecover(b, signatureB);
        if (signer == address(0) || signer != other) revert NotOneSigner();
        bytes32 key = keccak256(abi.encode(signer, place));
        if (_convicted[key]) revert AlreadyConvicted();
        _convicted[key] = true;
        address staker = staking.stakerOf(signer);
        uint256 taken = staking.slash(staker, penalty, msg.sender, REWARD_BPS);
        if (taken == 0) revert NothingStaked();
        emit Convicted(signer, staker, place, taken);
    }

    /// @notice Sets what it costs, and for which types of records.
    function setTerms(uint96 penalty_, uint256 types_) external restricted {
        _set(penalty_, types_);
    }

    function _set(uint96 penalty_, uint256 types_) private {
        penalty = penalty_;
        types = types_;
        emit TermsSet(penalty_, types_);
    }
}
