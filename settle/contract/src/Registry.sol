// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Registry: what was made of what, and by whom
/// @notice An append-only graph of Datanet versions, models, adapters and agents. An item is named by the hash of all
/// that it says, so it never changes; what it was made of is there before it.
contract Registry {
    /// @dev Kinds are append-only.
    enum Kind {
        Datanet,
        Model,
        Adapter,
        Agent
    }

    /// @dev What an item says that others ask for; the rest is in its event.
    struct Item {
        address owner;
        Kind kind;
        uint64 registeredAt; // seconds
        bytes32 splits; // Merkle root of (account, weight): who shares what the item earns
    }

    /// @notice The most items that one is made of.
    uint256 public constant MAX_PARENTS = 64;

    mapping(bytes32 id => Item) private _items;

    event Registered(
        bytes32 indexed id,
        address indexed owner,
        Kind indexed kind,
        bytes32 series,
        bytes32 digest,
        bytes32 splits,
        bytes32[] parents
    );

    error AlreadyRegistered(bytes32 id);
    error UnknownParent(bytes32 parent);
    error TooManyParents(uint256 n);
    error NoDigest();

    /// @notice Registers an item of the caller.
    /// @param kind what it is
    /// @param series what its versions have in common; zero if it has none
    /// @param digest sha-256 of its CID's bytes
    /// @param splits Merkle root of who shares its earnings; zero is the owner alone
    /// @param parents the items that it was made of
    function register(Kind kind, bytes32 series, bytes32 digest, bytes32 splits, bytes32[] calldata parents)
        external
        returns (bytes32 id)
    {
        if (digest == 0) revert NoDigest();
        if (parents.length > MAX_PARENTS) revert TooManyParents(parents.length);
        id = idOf(msg.sender, kind, series, digest, splits, parents);
        if (_items[id].owner != address(0)) revert AlreadyRegistered(id);
        for (uint256 i = 0; i < parents.length; ++i) {
            if (_items[parents[i]].owner == address(0)) revert UnknownParent(parents[i]);
        }
        _items[id] = Item(msg.sender, kind, uint64(block.timestamp), splits);
        emit Registered(id, msg.sender, kind, series, digest, splits, parents);
    }

    /// @notice The name of an item on this chain and in this contract.
    function idOf(address owner, Kind kind, bytes32 series, bytes32 digest, bytes32 splits, bytes32[] calldata parents)
        public
        view
        returns (bytes32)
    {
        return keccak256(abi.encode(block.chainid, address(this), owner, kind, series, digest, splits, parents));
    }

    /// @notice An item; its owner is zero if there is none.
    function item(bytes32 id) external view returns (Item memory) {
        return _items[id];
    }
}
