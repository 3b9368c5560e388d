// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev A node of a tree of sums, beside a path.
struct Sibling {
    bytes32 hash;
    uint96 sum;
}

/// @title Trees of fixed depth whose nodes commit to the sums below them
/// @notice leaf = keccak256(0x00 . 44 as u64 little endian . account . score), node = keccak256(0x05 . left hash . left
/// sum . right hash . right sum), a place that is not filled is zero. Scores are 12 bytes, big endian.
library SumTree {
    uint256 internal constant DEPTH = 20;

    /// @notice The root over a leaf with the siblings of its path, the lowest first, and the sum of all.
    function root(bytes32 account, uint96 score, uint256 index, Sibling[] calldata path)
        internal
        pure
        returns (bytes32 node, uint256 sum)
    {
        node = keccak256(abi.encodePacked(bytes9(0x002c00000000000000), account, score));
        sum = score;
        for (uint256 i = 0; i < path.length; ++i) {
            Sibling calldata s = path[i];
            node = index & 1 == 0
                ? keccak256(abi.encodePacked(uint8(5), node, uint96(sum), s.hash, s.sum))
                : keccak256(abi.encodePacked(uint8(5), s.hash, s.sum, node, uint96(sum)));
            sum += s.sum;
            index >>= 1;
        }
    }
}
