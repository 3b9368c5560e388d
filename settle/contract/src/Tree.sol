// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Trees of fixed depth in which the position is part of the statement
/// @notice leaf = keccak256(0x00 . length as u64 little endian . bytes), node = keccak256(0x01 . left . right), a place
/// that is not filled is zero: package merkle's Indexed with Keccak-256.
library Tree {
    error BadPath();

    /// @notice The root over a leaf at an index with the siblings of its path, the lowest first.
    function root(bytes32 leaf, uint256 index, bytes32[] calldata path) internal pure returns (bytes32 node) {
        // Bytes 0x00 to 0x40 hold 0x01, left, right. The last one is the highest of the free memory pointer, which is
        // zero before and after.
        assembly ("memory-safe") {
            node := leaf
            mstore8(0x00, 1)
            let end := add(path.offset, shl(5, path.length))
            for { let p := path.offset } lt(p, end) { p := add(p, 0x20) } {
                switch and(index, 1)
                case 0 {
                    mstore(0x01, node)
                    mstore(0x21, calldataload(p))
                }
                default {
                    mstore(0x01, calldataload(p))
                    mstore(0x21, node)
                }
                node := keccak256(0x00, 0x41)
                index := shr(1, index)
            }
            mstore8(0x40, 0)
        }
    }

    /// @notice The roots over two leaves at one index: what a change of the leaf makes of the tree. A path may be short,
    /// as climb has it.
    function roots(bytes32 leafA, bytes32 leafB, uint256 index, bytes32[] calldata path, uint256 depth)
        internal
        pure
        returns (bytes32 a, bytes32 b)
    {
        uint256 n = path.length;
        if (n > depth || index >> n != 0) revert BadPath();
        assembly ("memory-safe") {
            a := leafA
            b := leafB
            mstore8(0x00, 1)
            let end := add(path.offset, shl(5, path.length))
            for { let p := path.offset } lt(p, end) { p := add(p, 0x20) } {
                switch and(index, 1)
                case 0 {
                    mstore(0x21, calldataload(p))
                    mstore(0x01, a)
                    a := keccak256(0x00, 0x41)
                    mstore(0x01, b)
                    b := keccak256(0x00, 0x41)
                }
                default {
                    mstore(0x01, calldataload(p))
                    mstore(0x21, a)
                    a := keccak256(0x00, 0x41)
                    mstore(0x21, b)
                    b := keccak256(0x00, 0x41)
                }
                index := shr(1, index)
            }
            let e := 0
            for { let i := 0 } and(lt(n, depth), lt(i, depth)) { i := add(i, 1) } {
                mstore(0x21, e)
                if iszero(lt(i, n)) {
                    mstore(0x01, a)
                    a := keccak256(0x00, 0x41)
                    mstore(0x01, b)
                    b := keccak256(0x00, 0x41)
                }
                mstore(0x01, e)
                e := keccak256(0x00, 0x41)
            }
            mstore8(0x40, 0)
        }
    }

    /// @notice The root of a tree of a depth over a leaf at an index. A path may leave out the siblings from some level
    /// on if the leaf is the leftmost there and they are not filled: what it costs grows with what the tree holds.
    function climb(bytes32 leaf, uint256 index, bytes32[] calldata path, uint256 depth)
        internal
        pure
        returns (bytes32 node)
    {
        return climbFrom(leaf, 0, index, path, depth);
    }

    /// @notice The same from a node that has a level of its own, over `depth` more levels.
    function climbFrom(bytes32 from, uint256 level, uint256 index, bytes32[] calldata path, uint256 depth)
        internal
        pure
        returns (bytes32 node)
    {
        uint256 n = path.length;
        if (n > depth || index >> n != 0) revert BadPath();
        node = root(from, index, path);
        if (n == depth) return node;
        n += level;
        depth += level;
        assembly ("memory-safe") {
            mstore8(0x00, 1)
            let e := 0
            for { let i := 0 } lt(i, depth) { i := add(i, 1) } {
                mstore(0x21, e)
                if iszero(lt(i, n)) {
                    mstore(0x01, node)
                    node := keccak256(0x00, 0x41)
                }
                mstore(0x01, e)
                e := keccak256(0x00, 0x41)
            }
            mstore8(0x40, 0)
        }
    }

    /// @notice The root of a tree of a depth over some leaves at ascending places, both of which it overwrites.
    /// @param proof the siblings that do not follow from the leaves, level by level from the lowest and from the left
    function join(bytes32[] memory nodes, uint256[] memory places, bytes32[] calldata proof, uint256 depth)
        internal
        pure
        returns (bytes32)
    {
        uint256 n = nodes.length;
        uint256 used;
        for (uint256 level = 0; level < depth; ++level) {
            uint256 m;
            for (uint256 i = 0; i < n; ++i) {
                uint256 place = places[i];
                bytes32 left = nodes[i];
                bytes32 right;
                if (place & 1 == 1) (left, right) = (proof[used++], left);
                else if (i + 1 < n && places[i + 1] == place + 1) right = nodes[++i];
                else right = proof[used++];
                assembly ("memory-safe") {
                    mstore8(0x00, 1)
                    mstore(0x01, left)
                    mstore(0x21, right)
                    left := keccak256(0x00, 0x41)
                    mstore8(0x40, 0)
                }
                (nodes[m], places[m]) = (left, place >> 1);
                ++m;
            }
            n = m;
        }
        // Two of one place, or in another order, never become one.
        if (n != 1 || used != proof.length || places[0] != 0) revert BadPath();
        return nodes[0];
    }

    /// @notice The root of a full tree, whose leaves it overwrites.
    function fold(bytes32[] memory leaves) internal pure returns (bytes32) {
        for (uint256 n = leaves.length; n > 1; n /= 2) {
            for (uint256 i = 0; i < n / 2; ++i) {
                leaves[i] = keccak256(abi.encodePacked(uint8(1), leaves[2 * i], leaves[2 * i + 1]));
            }
        }
        return leaves[0];
    }

    /// @notice The root of a tree with no place filled.
    function empty(uint256 depth) internal pure returns (bytes32 node) {
        for (uint256 i = 0; i < depth; ++i) {
            node = keccak256(abi.encodePacked(uint8(1), node, node));
        }
    }
}
