// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title binary32 as arithmetic 1 has it: IEEE 754, round to nearest even, subnormals and signed zeros kept
/// @notice Numbers are the 32 bits of an f32. Every NaN comes back as NAN. The reference is package op of the project;
/// every function here is compared with it bit for bit.
library F32 {
    uint256 internal constant NAN = 0x7fc00000;
    uint256 internal constant INFINITY = 0x7f800000;
    uint256 internal constant SIGN = 0x80000000;
    uint256 internal constant ONE = 0x3f800000;

    function isNaN(uint256 x) internal pure returns (bool) {
        return x & 0x7fffffff > INFINITY;
    }

    function isFinite(uint256 x) internal pure returns (bool) {
        return x & 0x7fffffff < INFINITY;
    }

    /// @notice x + y
    function add(uint256 x, uint256 y) internal pure returns (uint256) {
        return fma(x, ONE, y);
    }

    /// @notice x - y
    function sub(uint256 x, uint256 y) internal pure returns (uint256) {
        return fma(x, ONE, y ^ SIGN);
    }

    /// @notice x . y
    function mul(uint256 x, uint256 y) internal pure returns (uint256) {
        return fma(x, y, (x ^ y) & SIGN);
    }

    /// @notice x . y + z, rounded once
    function fma(uint256 x, uint256 y, uint256 z) internal pure returns (uint256) {
        unchecked {
            uint256 sign = (x ^ y) & SIGN; // of the product
            if (!isFinite(x) || !isFinite(y) || !isFinite(z)) return _fmaSpecial(x, y, z, sign);
            (uint256 m, int256 e) = _unpack(x);
            {
                (uint256 n, int256 f) = _unpack(y);
                m *= n;
                e += f;
            }
            if (m == 0) {
                if (z & 0x7fffffff > 0) return z;
                return z == sign ? sign : 0;
            }
            (uint256 c, int256 g) = _unpack(z);
            if (c == 0) return _round(sign, m, e);
            // One of the two is moved up until both count in equal units; what is more than 112 places below is only
            // a last bit that says there is something.
            if (e >= g) {
                if (e - g > 112) {
                    m <<= 60;
                    e -= 60;
                    c = 1;
                } else {
                    m <<= uint256(e - g);
                    e = g;
                }
            } else if (g - e > 112) {
                c <<= 60;
                e = g - 60;
                m = 1;
            } else {
                c <<= uint256(g - e);
            }
            if (sign == z & SIGN) return _round(sign, m + c, e);
            if (m == c) return 0;
            return m > c ? _round(sign, m - c, e) : _round(sign ^ SIGN, c - m, e);
        }
    }

    function _fmaSpecial(uint256 x, uint256 y, uint256 z, uint256 sign) private pure returns (uint256) {
        if (isNaN(x) || isNaN(y) || isNaN(z)) return NAN;
        if (isFinite(x) && isFinite(y)) return z; // infinite
        if (x & 0x7fffffff == 0 || y & 0x7fffffff == 0) return NAN;
        if (!isFinite(z) && z & SIGN != sign) return NAN;
        return sign | INFINITY;
    }

    /// @notice x / y
    function div(uint256 x, uint256 y) internal pure returns (uint256) {
        unchecked {
            uint256 sign = (x ^ y) & SIGN;
            if (isNaN(x) || isNaN(y)) return NAN;
            if (!isFinite(x)) return isFinite(y) ? sign | INFINITY : NAN;
            if (!isFinite(y)) return sign;
            (uint256 m, int256 e) = _unpack(x);
            (uint256 n, int256 f) = _unpack(y);
            if (n == 0) return m == 0 ? NAN : sign | INFINITY;
            if (m == 0) return sign;
            m <<= 60;
            uint256 q = m / n;
            return _round(sign, q * n == m ? q : q | 1, e - 60 - f);
        }
    }

    /// @notice The square root of x.
    function sqrt(uint256 x) internal pure returns (uint256) {
        unchecked {
            if (isNaN(x)) return NAN;
            if (x & 0x7fffffff == 0) return x;
            if (x & SIGN != 0) return NAN;
            if (x == INFINITY) return x;
            (uint256 m, int256 e) = _unpack(x);
            if (e & 1 != 0) {
                m <<= 1;
                --e;
            }
            m <<= 80;
            uint256 r = Math.sqrt(m);
            return _round(0, r * r == m ? r : r | 1, (e - 80) / 2);
        }
    }

    /// @notice The larger one; +0 above -0.
    function max(uint256 x, uint256 y) internal pure returns (uint256) {
        if (isNaN(x) || isNaN(y)) return NAN;
        return _key(x) > _key(y) ? x : y;
    }

    /// @notice The smaller one; -0 below +0.
    function min(uint256 x, uint256 y) internal pure returns (uint256) {
        if (isNaN(x) || isNaN(y)) return NAN;
        return _key(x) < _key(y) ? x : y;
    }

    /// @notice x < y, of numbers.
    function below(uint256 x, uint256 y) internal pure returns (bool) {
        return _key(x) < _key(y) && (x | y) & 0x7fffffff != 0;
    }

    /// @notice The i32 x as the nearest f32.
    function fromInt(uint256 x) internal pure returns (uint256) {
        unchecked {
            if (x == 0) return 0;
            return x & SIGN == 0 ? _round(0, x, 0) : _round(SIGN, (1 << 32) - x, 0);
        }
    }

    /// @notice x, a number, between -127 and 127, as the nearest i32.
    function digit(uint256 x) internal pure returns (uint256) {
        unchecked {
            (uint256 m, int256 e) = _unpack(x & 0x7fffffff > 0x42fe0000 ? 0x42fe0000 : x); // 127
            if (e < -30) return 0;
            uint256 s = uint256(-e); // 127 has e = -17, so e < 0
            uint256 q = _nearest(m, s);
            return x & SIGN == 0 || q == 0 ? q : (1 << 32) - q;
        }
    }

    /// @notice x, a number, as the nearest bf16, whose bits are the upper 16.
    function narrow(uint256 x) internal pure returns (uint256) {
        unchecked {
            return (x + 0x7fff + (x >> 16 & 1)) & 0xffff0000;
        }
    }

    /// @notice The f16 h as f32.
    function fromHalf(uint256 h) internal pure returns (uint256) {
        unchecked {
            uint256 sign = (h >> 15) << 31;
            uint256 e = h >> 10 & 31;
            uint256 f = h & 1023;
            if (e == 0) return f == 0 ? sign : _round(sign, f, -24);
            if (e == 31) return sign | INFINITY | f << 13;
            return sign | (e + 112) << 23 | f << 13;
        }
    }

    /// @dev Numbers in order; -0 below +0.
    function _key(uint256 x) private pure returns (uint256) {
        return x & SIGN == 0 ? x | SIGN : x ^ 0xffffffff;
    }

    /// @dev |x| = m . 2^e
    function _unpack(uint256 x) private pure returns (uint256 m, int256 e) {
        assembly ("memory-safe") {
            m := and(x, 0x7fffff)
            let b := and(shr(23, x), 0xff)
            switch b
            case 0 { e := sub(0, 149) }
            default {
                m := or(m, 0x800000)
                e := sub(b, 150)
            }
        }
    }

    /// @dev The f32 nearest to m . 2^e, m > 0. Where m is not exact its last bit is set, and it has more than 25.
    function _round(uint256 sign, uint256 m, int256 e) private pure returns (uint256 bits) {
        unchecked {
            int256 s = int256(Math.log2(m)) - 23; // places that an f32 has not
            if (s < -149 - e) s = -149 - e;
            if (s <= 0) {
                m <<= uint256(-s);
            } else {
                m = _nearest(m, uint256(s));
            }
            bits = (uint256(e + s + 149) << 23) + m;
            if (bits > INFINITY) bits = INFINITY;
            bits |= sign;
        }
    }

    /// @dev m / 2^s to the nearest, ties to even.
    function _nearest(uint256 m, uint256 s) private pure returns (uint256 q) {
        assembly ("memory-safe") {
            q := shr(s, m)
            let rest := sub(m, shl(s, q))
            let half := shl(sub(s, 1), 1)
            q := add(q, or(gt(rest, half), and(eq(rest, half), and(q, 1))))
        }
    }
}
