// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// @title OPEN, the token of OpenLedger
/// @notice A fixed supply of 1e9 OPEN of 18 decimals, minted once. There is no owner, no minting and no burning:
/// what is burned lies at an address nobody holds the key of, so totalSupply() never changes.
/// Transfers by signature: EIP-2612. Votes: delegated, counted at a timestamp (EIP-6372).
contract OpenToken is ERC20, ERC20Permit, ERC20Votes {
    /// @notice All there is, in units of 1e-18 OPEN.
    uint256 public constant SUPPLY = 1e27;

    /// @param holder gets the whole supply.
    constructor(address holder) ERC20("OpenLedger", "OPEN") ERC20Permit("OpenLedger") {
        _mint(holder, SUPPLY);
    }

    /// @notice Now, as votes are counted: seconds.
    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    /// @notice How clock() counts, as EIP-6372 writes it.
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// @inheritdoc ERC20Permit
    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }
}
