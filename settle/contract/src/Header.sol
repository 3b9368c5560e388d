// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {State, Step} from "./Step.sol";
import {Tree} from "./Tree.sol";

/// @dev What an aggregator says an epoch did. Stored by its hash.
struct Header {
    uint64 epoch;
    uint64 records;
    uint64 forced; // entries of the forced queue that this epoch and those before have taken
    uint96 totalSpent;
    uint32 accounts; // places of the tree of accounts that are taken
    bytes32 previous; // hash of the header before
    bytes32 spentRoot;
    bytes32 recordsRoot;
    bytes32 traceRoot; // tree of the states after each record
    bytes32 data; // digest of the CID of the records
    bytes32 earnedRoot; // last: a claim opens it alone
}

/// @title What headers say
/// @notice hash = keccak256(digest of the first ten words . earnedRoot), so that who claims shows two words of it.
library Headers {
    /// @notice Depth of the trees of records and of states.
    uint256 internal constant RECORD_DEPTH = 20;

    /// @notice Records that are demanded and shown together, as a power of two.
    uint256 internal constant CHUNK_DEPTH = 4;

    /// @notice The hash that stands for a header. Words with bits beyond their types have another one than that which
    /// was posted: Ledger.post reads every field, and so refuses them.
    function hash(Header calldata h) internal pure returns (bytes32 out) {
        assembly ("memory-safe") {
            let p := mload(0x40)
            calldatacopy(p, h, 0x140)
            mstore(0x00, keccak256(p, 0x140))
            mstore(0x20, calldataload(add(h, 0x140)))
            out := keccak256(0x00, 0x40)
        }
    }

    /// @notice The same of a header in memory.
    function hashOf(Header memory h) internal pure returns (bytes32 out) {
        assembly ("memory-safe") {
            mstore(0x00, keccak256(h, 0x140))
            mstore(0x20, mload(add(h, 0x140)))
            out := keccak256(0x00, 0x40)
        }
    }

    /// @notice The hash of a header whose first words have this digest.
    function join(bytes32 digest, bytes32 earnedRoot) internal pure returns (bytes32) {
        return keccak256(abi.encode(digest, earnedRoot));
    }

    /// @notice The leaf of the state after all records.
    function last(Header calldata h) internal pure returns (bytes32) {
        return Step.leafOf(State(h.spentRoot, h.earnedRoot, h.totalSpent, h.accounts));
    }

    /// @notice The header before all: no records, empty trees.
    function genesis() internal pure returns (Header memory h) {
        h.spentRoot = Tree.empty(Step.DEPTH);
        h.earnedRoot = h.spentRoot;
    }
}
