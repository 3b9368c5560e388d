// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {F32} from "../src/F32.sol";
import {Primitives} from "../src/Primitives.sol";
import {Base} from "./Base.sol";

/// @dev What holds for f32 whatever the numbers are. That they are those of the reference is tested bit for bit from Go
/// (settle/chain, TestPrimitives), as the whole Referee is, on what a real training step committed to.
contract RefereeTest is Base {
    function bits(uint32 x) private pure returns (uint256) {
        return F32.isNaN(x) ? F32.NAN : x;
    }

    function test_Vectors() public pure {
        eq(F32.add(0x3f800000, 0x3f800000), 0x40000000, "1 + 1");
        eq(F32.add(0x3f800000, 0x33800000), 0x3f800000, "a tie goes to the even number");
        eq(F32.add(0x3f800001, 0x33800000), 0x3f800002, "a tie goes to the even number above");
        eq(F32.fma(0x3f800001, 0x3f800001, 0xbf800002), 0x28800000, "one rounding only");
        eq(F32.mul(0x00800000, 0x3f000000), 0x00400000, "a subnormal is kept");
        eq(F32.mul(0x00000001, 0x3f000000), 0, "half of the least number is a tie with zero");
        eq(F32.mul(0x00000003, 0x3f000000), 2, "and of three of it, with two");
        eq(F32.mul(0x7f7fffff, 0x40000000), F32.INFINITY, "overflow");
        eq(F32.div(0x3f800000, 0x40400000), 0x3eaaaaab, "1/3");
        eq(F32.sqrt(0x40000000), 0x3fb504f3, "root of 2");
        eq(F32.sqrt(0x80000000), 0x80000000, "root of -0");
        eq(F32.sub(0x3f800000, 0x3f800000), 0, "+0");
        eq(F32.add(0x80000000, 0x80000000), 0x80000000, "-0");
        eq(F32.fromInt(0x01000001), 0x4b800000, "2^24 + 1 is a tie");
        eq(F32.fromInt(0xffffffff), 0xbf800000, "-1");
        eq(F32.digit(0x40200000), 2, "2.5 is a tie");
        eq(F32.digit(0xc3000000), 0xffffff81, "-128 is clamped");
        eq(F32.narrow(0x3f808000), 0x3f800000, "a tie of bf16");
        eq(F32.fromHalf(0x0001), 0x33800000, "the least f16");
        eq(F32.fromHalf(0x3c00), 0x3f800000, "1");
    }

    function test_Identities(uint32 a, uint32 b) public pure {
        (uint256 x, uint256 y) = (bits(a), bits(b));
        eq(F32.add(x, y), F32.add(y, x), "x + y = y + x");
        eq(F32.mul(x, y), F32.mul(y, x), "x y = y x");
        eq(F32.mul(x, F32.ONE), x, "x 1 = x");
        eq(F32.div(x, F32.ONE), x, "x / 1 = x");
        eq(F32.max(x, y), F32.max(y, x), "max");
        if (F32.isNaN(x) || F32.isNaN(y)) return;
        if (F32.isFinite(x)) eq(F32.sub(x, x), 0, "x - x = +0");
        if (F32.isFinite(x) && x & 0x7fffffff != 0) eq(F32.div(x, x), F32.ONE, "x / x = 1");
        require(F32.below(x, y) == (F32.max(x, y) == y && F32.sub(x, y) & 0x7fffffff != 0 && x != y), "x < y");
        require(F32.max(x, y) == x ? F32.min(x, y) == y : F32.min(x, y) == x, "min and max");
    }

    function test_Root(uint32 a) public pure {
        uint256 x = bits(a) & 0x7fffffff;
        if (!F32.isFinite(x) || x < 0x00800000) return;
        uint256 r = F32.sqrt(x);
        // The root lies between the halves to its neighbours: r-^2 < x < r+^2.
        require(!F32.below(x, F32.mul(r - 1, r - 1)) && !F32.below(F32.mul(r + 1, r + 1), x), "the root's square");
    }

    function test_Integers(int32 a, int32 b) public pure {
        (uint256 x, uint256 y) = (uint32(a), uint32(b));
        (uint256 r, bool ok) = Primitives.work(13, x, y, 7);
        unchecked {
            require(ok && int32(uint32(r)) == a * b + 7, "x y + z");
        }
        (r, ok) = Primitives.work(18, x, y, 0);
        require(ok && (r == 1) == (a < b), "x < y");
        (r, ok) = Primitives.work(22, x, 0, 0);
        require(ok && int32(uint32(r)) == a >> 23, "x >> 23");
        (r, ok) = Primitives.work(21, x, 0, 0);
        require(ok && r == 0, "x / 0");
    }
}
