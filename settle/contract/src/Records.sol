// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev What a payer signs before an answer (EIP-712).
struct Request {
    address payer;
    bytes32 model; // digest of what answers: model and adapter
    bytes32 prompt; // digest of what is asked
    uint96 fee; // units of 1e-18 OPEN
    uint64 firstEpoch; // in which it may settle
    uint64 lastEpoch;
    uint64 salt; // sets equal requests apart
    address[] workers; // keys of which one answers
}

/// @dev A part of a fee: of its class, in proportion to the weight.
struct Credit {
    bytes32 account; // an address, or a pool: a hash, whose upper 12 bytes are not all zero
    uint8 class;
    uint96 weight;
}

/// @dev What the worker signs with its answer (EIP-712): the settlement part of a receipt.
struct Result {
    bytes32 request; // EIP-712 hash of the Request
    bytes32 output; // digest of the answer and its chain of hidden states
    uint32 gain; // how much better than the base the answer is, in units of 2^-32; scales the part of the data
    Credit[] credits;
}

/// @dev What a bonded operator signs to pay out of a pool (EIP-712): weights are amounts and sum to `amount`.
struct Distribution {
    bytes32 pool;
    uint64 epoch; // that it pays for
    uint32 part; // distributions of a pool and an epoch have parts 0, 1, ...
    uint96 amount;
    bytes32 evidence; // digest of the statements that it follows from
    Credit[] credits; // class 0 all of them
}

/// @dev A record of an epoch is a settled request or a distribution, with the places that its sums stand at.
struct Usage {
    Request request;
    Result result;
    bytes payerSignature;
    bytes workerSignature;
    uint32[] places; // of the credits in the tree of earnings
}

struct Payment {
    Distribution distribution;
    bytes signature;
    uint32 poolPlace;
    uint32[] places;
}

/// @title Hashes of records
library Records {
    /// @notice The most credits of a usage and of a distribution: a step must fit into a transaction. A usage changes
    /// three more places.
    uint256 internal constant MAX_CREDITS = 13;
    uint256 internal constant MAX_PAYMENTS = 16;

    /// @notice The most keys that a request names.
    uint256 internal constant MAX_WORKERS = 8;

    bytes32 internal constant REQUEST = keccak256(
        "Request(address payer,bytes32 model,bytes32 prompt,uint96 fee,uint64 firstEpoch,uint64 lastEpoch,uint64 salt,address[] workers)"
    );
    bytes32 internal constant CREDIT = keccak256("Credit(bytes32 account,uint8 class,uint96 weight)");
    bytes32 internal constant RESULT = keccak256(
        "Result(bytes32 request,bytes32 output,uint32 gain,Credit[] credits)Credit(bytes32 account,uint8 class,uint96 weight)"
    );
    bytes32 internal constant DISTRIBUTION = keccak256(
        "Distribution(bytes32 pool,uint64 epoch,uint32 part,uint96 amount,bytes32 evidence,Credit[] credits)Credit(bytes32 account,uint8 class,uint96 weight)"
    );

    /// @notice EIP-712 hashStruct of a Request.
    function hash(Request calldata r) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                REQUEST,
                r.payer,
                r.model,
                r.prompt,
                r.fee,
                r.firstEpoch,
                r.lastEpoch,
                r.salt,
                keccak256(abi.encodePacked(r.workers))
            )
        );
    }

    /// @notice EIP-712 hashStruct of a Result.
    function hash(Result calldata r) internal pure returns (bytes32) {
        return keccak256(abi.encode(RESULT, r.request, r.output, r.gain, hash(r.credits)));
    }

    /// @notice EIP-712 hashStruct of a Distribution.
    function hash(Distribution calldata d) internal pure returns (bytes32) {
        return keccak256(abi.encode(DISTRIBUTION, d.pool, d.epoch, d.part, d.amount, d.evidence, hash(d.credits)));
    }

    function hash(Credit[] calldata credits) private pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](credits.length);
        for (uint256 i = 0; i < credits.length; ++i) {
            hashes[i] = keccak256(abi.encode(CREDIT, credits[i].account, credits[i].class, credits[i].weight));
        }
        return keccak256(abi.encodePacked(hashes));
    }

    /// @notice What a settled request is told by: two records with one key are one too many.
    function key(Usage calldata u) internal pure returns (bytes32) {
        return hash(u.request);
    }

    /// @notice The same of a distribution.
    function key(Payment calldata p) internal pure returns (bytes32) {
        return keccak256(abi.encode(DISTRIBUTION, p.distribution.pool, p.distribution.epoch, p.distribution.part));
    }

    /// @notice The leaf of a record: its kind, what was signed, and where it was put.
    function leaf(Usage calldata u) internal pure returns (bytes32) {
        return leaf(1, content(u), keccak256(abi.encode(u.places)));
    }

    /// @notice The leaf of a distribution.
    function leaf(Payment calldata p) internal pure returns (bytes32) {
        return leaf(2, content(p), keccak256(abi.encode(p.poolPlace, p.places)));
    }

    /// @notice The leaf of a usage that was forced in and is void: it changes nothing, and settles nothing.
    function voidLeaf(Usage calldata u) internal pure returns (bytes32) {
        return leaf(3, content(u), keccak256(abi.encode(u.places)));
    }

    /// @notice The leaf of a record of a kind: 1 a usage, 2 a distribution, 3 one that is void.
    function leaf(uint8 kind, bytes32 signed, bytes32 placed) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(bytes9(0x004100000000000000), kind, signed, placed));
    }

    /// @notice What two people signed of a usage, which is all that a payer can force in.
    function content(Usage calldata u) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(hash(u.request), hash(u.result), keccak256(u.payerSignature), keccak256(u.workerSignature))
        );
    }

    /// @notice The same of a distribution.
    function content(Payment calldata p) internal pure returns (bytes32) {
        return keccak256(abi.encode(hash(p.distribution), keccak256(p.signature)));
    }
}
