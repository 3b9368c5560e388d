// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {F32} from "./F32.sol";

/// @title The primitives of arithmetic 1, one by one
/// @notice Numbers are the 32 bits of an f32 or of an i32 in two's complement. The definition is package dispute,
/// lines.go, where their numbers come from.
library Primitives {
    uint256 internal constant LOAD = 0;
    uint256 internal constant CONST = 1;
    uint256 internal constant ROW = 15;
    uint256 internal constant COL = 16;

    // Bit k of byte p: primitive p reads number k of x, y, z.
    //                                           23 22 21 20 19 18 17 16 15 14 13 12 11 10  9  8  7  6  5  4  3  2  1  0
    uint256 private constant READS = 0x010103070303030000030701010303030701030303030006;

    error NotAnElementType(uint256 dtype);

    /// @notice Which of x, y, z a primitive reads: bits 0 to 2.
    function reads(uint256 p) internal pure returns (uint256) {
        return p > 23 ? 0 : READS >> 8 * p & 7;
    }

    /// @notice What a primitive makes of x, y, z; not ok for a NaN. Load, Const, Row and Col make nothing of them.
    function work(uint256 p, uint256 x, uint256 y, uint256 z) internal pure returns (uint256 r, bool ok) {
        unchecked {
            if (p < 7) {
                if (p == 2) r = F32.add(x, y);
                else if (p == 3) r = F32.sub(x, y);
                else if (p == 4) r = F32.mul(x, y);
                else if (p == 5) r = F32.div(x, y);
                else if (p == 6) r = F32.sqrt(x);
                else return (0, false);
                return (r, r != F32.NAN);
            }
            if (p < 11) {
                if (p == 7) r = F32.fma(x, y, z);
                else if (p == 8) r = F32.max(x, y);
                else if (p == 9) r = F32.min(x, y);
                else if (y & 0x7fffffff != 0) r = F32.div(x, y); // a ratio
                return (r, r != F32.NAN);
            }
            if (p == 11) return F32.isNaN(x) ? (0, false) : (F32.digit(x), true);
            if (p == 12) return (F32.fromInt(x), true);
            if (p == 13) return ((x * y + z) & 0xffffffff, true);
            if (p == 14) return ((x + (y << 23)) & 0xffffffff, true);
            if (p == 17) return (x == y ? 1 : 0, true);
            if (p == 18) return (_signed(x) < _signed(y) ? 1 : 0, true);
            if (p == 19) return (F32.below(x, y) ? 1 : 0, !F32.isNaN(x) && !F32.isNaN(y));
            if (p == 20) return (x != 0 ? y : z, true);
            if (p == 21) return (y == 0 ? 0 : uint256(_signed(x) / _signed(y)) & 0xffffffff, true);
            if (p == 22) return (uint256(_signed(x) >> 23) & 0xffffffff, true);
            if (p == 23) {
                r = F32.narrow(x);
                return (r, !F32.isNaN(x) && F32.isFinite(r));
            }
            return (0, false);
        }
    }

    /// @notice Element i of a tile of a type: a float widened to f32, an integer to i32. Bytes are little endian.
    function element(uint256 dtype, bytes calldata tile, uint256 i) internal pure returns (uint256) {
        unchecked {
            if (dtype == 4) return uint256(int256(int8(uint8(tile[i])))) & 0xffffffff;
            if (dtype == 1 || dtype == 5) {
                uint256 b = uint32(bytes4(tile[4 * i:4 * i + 4]));
                return b >> 24 | (b >> 8 & 0xff00) | (b << 8 & 0xff0000) | (b << 24 & 0xff000000);
            }
            if (dtype != 2 && dtype != 3) revert NotAnElementType(dtype);
            uint256 h = uint16(bytes2(tile[2 * i:2 * i + 2]));
            h = h >> 8 | (h << 8 & 0xff00);
            return dtype == 2 ? h << 16 : F32.fromHalf(h);
        }
    }

    function _signed(uint256 x) private pure returns (int256) {
        return int256(int32(uint32(x)));
    }
}
