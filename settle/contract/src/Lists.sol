// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Lists: the trees of package merkle that bind the number of their leaves
/// @notice leaf = H(0x00 . length . bytes), node = H(0x01 . left . right), list = H(0x04 . n . root), tensor = H(0x02 .
/// dtype . shape . tile . root); lengths are u64, little endian. An odd node is promoted. H is Keccak-256 for what a
/// contract is shown, SHA-256 for what is committed of a computation.
library Lists {
    error WrongPath(uint256 index, uint256 size);

    /// @notice The digest of a list of size leaves that has a leaf at an index, Keccak-256.
    function keccakList(bytes calldata leaf, uint256 index, uint256 size, bytes32[] calldata path)
        internal
        pure
        returns (bytes32)
    {
        bytes32 node = keccakLeaf(leaf);
        uint256 used;
        if (index >= size) revert WrongPath(index, size);
        (uint256 i, uint256 n) = (index, size);
        while (n > 1) {
            if (i ^ 1 < n) {
                if (used == path.length) revert WrongPath(index, size);
                bytes32 sibling = path[used++];
                node = i & 1 == 0 ? _keccakNode(node, sibling) : _keccakNode(sibling, node);
            }
            (i, n) = (i >> 1, (n + 1) >> 1);
        }
        if (used != path.length) revert WrongPath(index, size);
        return keccakSeal(size, node);
    }

    /// @notice A leaf of a Keccak list.
    function keccakLeaf(bytes calldata leaf) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(0), le(leaf.length), leaf));
    }

    /// @notice The digest of a Keccak list with this root.
    function keccakSeal(uint256 size, bytes32 root) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(4), le(size), root));
    }

    /// @notice The root over leaves, in whose memory it works.
    function keccakTree(bytes32[] memory nodes) internal pure returns (bytes32) {
        uint256 n = nodes.length;
        if (n == 0) return keccak256("");
        for (; n > 1; n = (n + 1) >> 1) {
            for (uint256 i = 0; i < n; i += 2) {
                nodes[i >> 1] = i + 1 < n ? _keccakNode(nodes[i], nodes[i + 1]) : nodes[i];
            }
        }
        return nodes[0];
    }

    /// @notice The same with SHA-256.
    function shaTree(bytes32[] memory nodes) internal pure returns (bytes32) {
        uint256 n = nodes.length;
        if (n == 0) return sha256("");
        for (; n > 1; n = (n + 1) >> 1) {
            for (uint256 i = 0; i < n; i += 2) {
                nodes[i >> 1] = i + 1 < n ? sha256(abi.encodePacked(uint8(1), nodes[i], nodes[i + 1])) : nodes[i];
            }
        }
        return nodes[0];
    }

    /// @notice The digest of a SHA-256 list (4) or map (3) with this root.
    function shaSeal(uint8 domain, uint256 size, bytes32 root) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(domain, le(size), root));
    }

    /// @notice A leaf of a map.
    function entry(bytes calldata name, bytes32 digest) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(uint8(0), le(name.length + 32), name, digest));
    }

    /// @notice The digest of a matrix of one f32, whose bytes are little endian.
    function scalar(bytes4 bits) internal pure returns (bytes32) {
        bytes32 root = sha256(abi.encodePacked(uint8(0), le(4), bits));
        return sha256(abi.encodePacked(uint8(2), uint8(1), le(2), le(1), le(1), le(64), le(64), root));
    }

    /// @notice The digest of a list of size leaves that has a leaf of one word at an index, SHA-256.
    function shaList(bytes32 leaf, uint256 index, uint256 size, bytes32[] calldata path) internal pure returns (bytes32) {
        bytes32 root = shaRoot(sha256(abi.encodePacked(uint8(0), le(32), leaf)), index, size, path);
        return shaSeal(4, size, root);
    }

    /// @notice The digest of a tensor that has a tile at an index.
    function tensor(
        bytes calldata tile,
        uint256 index,
        uint256 dtype,
        uint256 rows,
        uint256 cols,
        bool vector,
        bytes32[] calldata path
    ) internal pure returns (bytes32) {
        uint256 tiles = ((rows + 63) >> 6) * ((cols + 63) >> 6);
        bytes32 root = shaRoot(sha256(abi.encodePacked(uint8(0), le(tile.length), tile)), index, tiles, path);
        bytes memory shape = vector
            ? abi.encodePacked(le(1), le(cols))
            : abi.encodePacked(le(2), le(rows), le(cols));
        return sha256(abi.encodePacked(uint8(2), uint8(dtype), shape, le(64), le(64), root));
    }

    /// @notice The root of a tree of size leaves that has a node at an index, SHA-256.
    function shaRoot(bytes32 node, uint256 index, uint256 size, bytes32[] calldata path) internal pure returns (bytes32) {
        uint256 used;
        if (index >= size) revert WrongPath(index, size);
        (uint256 i, uint256 n) = (index, size);
        while (n > 1) {
            if (i ^ 1 < n) {
                if (used == path.length) revert WrongPath(index, size);
                bytes32 sibling = path[used++];
                node = i & 1 == 0
                    ? sha256(abi.encodePacked(uint8(1), node, sibling))
                    : sha256(abi.encodePacked(uint8(1), sibling, node));
            }
            (i, n) = (i >> 1, (n + 1) >> 1);
        }
        if (used != path.length) revert WrongPath(index, size);
        return node;
    }

    function _keccakNode(bytes32 l, bytes32 r) private pure returns (bytes32 node) {
        // Bytes 0x00 to 0x40 hold 0x01, left, right. The last one is the highest of the free memory pointer, which is
        // zero before and after.
        assembly ("memory-safe") {
            mstore8(0x00, 1)
            mstore(0x01, l)
            mstore(0x21, r)
            node := keccak256(0x00, 0x41)
            mstore8(0x40, 0)
        }
    }

    /// @notice A number as u64, little endian.
    function le(uint256 x) internal pure returns (bytes8) {
        unchecked {
            x = (x & 0x00ff00ff00ff00ff) << 8 | (x & 0xff00ff00ff00ff00) >> 8;
            x = (x & 0x0000ffff0000ffff) << 16 | (x & 0xffff0000ffff0000) >> 16;
            return bytes8(uint64(x << 32 | x >> 32));
        }
    }
}
