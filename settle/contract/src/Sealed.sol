// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {Lists} from "./Lists.sol";

/// @dev A leaf of a Keccak list.
struct Shown {
    bytes data;
    uint64 index;
    uint64 size;
    bytes32[] path;
}

/// @dev A sealed record, opened.
struct Record {
    address signer;
    uint256 kind;
    bytes32 subject;
    uint256 sequence;
    bytes32 digest;
}

/// @dev What one worker signed of a job: before, what its steps consist of; after, what came of them.
struct Agreed {
    address signer;
    bytes32 job;
    bytes32 reveal; // digest of the record
    bytes32 steps; // Keccak list of the outlines
    bytes32 start; // leaf before the first step
    address client;
}

/// @title Sealed records of package record, and the plan that a worker is judged by
library Sealed {
    uint256 internal constant REVEAL = 11;
    uint256 internal constant OPEN_OPS = 13;
    uint256 internal constant OPEN_ELEMENT = 22;
    bytes12 private constant MAGIC = "openledger/1";

    /// @dev Where a record's payload lies.
    uint256 internal constant PAYLOAD = 166;

    /// @dev The bytes of an outline.
    uint256 private constant OUTLINE = 192;

    error NotARecord();
    error OtherNetwork(uint64 network);
    error NotTogether();
    error NotOfTheStep(uint256 index, uint256 size);
    error NotInList(uint256 index);

    /// @notice Opens a record: 0x83, a string of 96 bytes, one of 65, the payload.
    function open(bytes calldata b, uint64 network) internal pure returns (Record memory r) {
        if (b.length <= PAYLOAD || bytes3(b[:3]) != 0x835860 || bytes2(b[99:101]) != 0x5841) revert NotARecord();
        if (bytes12(b[3:15]) != MAGIC || sha256(b[PAYLOAD:]) != bytes32(b[67:99])) revert NotARecord();
        if (uint64(bytes8(b[15:23])) != network) revert OtherNetwork(uint64(bytes8(b[15:23])));
        r.kind = uint32(bytes4(b[23:27]));
        r.subject = bytes32(b[27:59]);
        r.sequence = uint64(bytes8(b[59:67]));
        r.digest = sha256(b[3:99]);
        (r.signer,,) = ECDSA.tryRecover(r.digest, uint8(b[165]), bytes32(b[101:133]), bytes32(b[133:165]));
        if (r.signer == address(0)) revert NotARecord();
    }

    /// @notice Opens a worker's plan and its reveal.
    function agreed(bytes calldata plan, bytes calldata reveal, uint64 network) internal pure returns (Agreed memory a) {
        Record memory r = open(reveal, network);
        (a.job, a.signer, a.reveal) = (r.subject, r.signer, r.digest);
        if (r.kind != REVEAL) revert NotTogether();
        r = open(plan, network);
        bytes calldata p = plan[PAYLOAD:];
        if (
            r.kind != OPEN_ELEMENT || r.subject != a.job || r.sequence != 0 || r.signer != a.signer || p.length != 86
                || bytes2(p[:2]) != 0x5854
        ) revert NotTogether();
        (a.steps, a.start, a.client) = (bytes32(p[2:34]), bytes32(p[34:66]), address(bytes20(p[66:86])));
    }

    /// @notice Opens an OpenOps of the signer of a reveal.
    function opened(bytes calldata ops, Agreed memory a, uint64 network) internal pure returns (Record memory r) {
        r = open(ops, network);
        if (r.kind != OPEN_OPS || r.subject != a.reveal || r.signer != a.signer) revert NotTogether();
    }

    /// @notice The payload of an OpenOps: [count, digest].
    function opening(bytes calldata ops) internal pure returns (uint256 count, bytes32 digest) {
        bytes calldata p = ops[PAYLOAD:];
        uint256 n = p.length;
        if (n < 36 || p[0] != 0x82 || bytes2(p[n - 34:n - 32]) != 0x5820) revert NotARecord();
        uint256 used;
        (count, used) = number(p[1:n - 34]);
        if (used != n - 35) revert NotARecord();
        digest = bytes32(p[n - 32:]);
    }

    /// @notice A number in canonical form, and how many bytes it takes.
    function number(bytes calldata p) internal pure returns (uint256 x, uint256 used) {
        if (p.length == 0) revert NotARecord();
        x = uint8(p[0]);
        if (x < 24) return (x, 1);
        used = 1 + (1 << (x - 24));
        if (x > 27 || p.length < used) revert NotARecord();
        return (uint256(bytes32(p[1:used]) >> (264 - 8 * used)), used);
    }

    /// @notice Checks that an outline is that of a step.
    function outline(Shown calldata s, Agreed memory a, uint256 step) internal pure {
        if (step == 0 || s.data.length != OUTLINE) revert NotTogether();
        leaf(s, step - 1, s.size, a.steps);
    }

    /// @notice Checks that a leaf stands at an index of a Keccak list.
    function leaf(Shown calldata s, uint256 index, uint256 size, bytes32 list) internal pure {
        if (s.index != index || s.size != size) revert NotOfTheStep(s.index, s.size);
        if (Lists.keccakList(s.data, index, size, s.path) != list) revert NotInList(index);
    }
}
