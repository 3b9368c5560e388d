// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {OpenToken} from "../src/OpenToken.sol";
import {Staking} from "../src/Staking.sol";
import {Base} from "./Base.sol";

uint64 constant DELAY = 7 days;

contract StakingTest is Base {
    OpenToken internal token = new OpenToken(address(this));
    AccessManager internal manager = new AccessManager(address(this));
    Staking internal staking = new Staking(address(manager), token, DELAY);
    address internal alice = vm.addr(1);
    address internal judge = address(0x1d6e);

    function setUp() public {
        letJudge(manager, staking, judge);
        token.transfer(alice, 1000);
        vm.prank(alice);
        token.approve(address(staking), type(uint256).max);
        vm.warp(1_000_000);
    }

    function bond(uint96 amount) internal {
        vm.prank(alice);
        staking.stake(amount);
    }

    function test_leaving_takes_the_delay_and_can_be_slashed() public {
        bond(100);
        vm.prank(alice);
        staking.exit(60);
        vm.warp(block.timestamp + DELAY - 1);
        vm.expectRevert(abi.encodeWithSelector(Staking.StillLeaving.selector, 1_000_000 + DELAY));
        vm.prank(alice);
        staking.withdraw();

        vm.prank(judge);
        eq(staking.slash(alice, 70, address(7), 3000), 70, "taken");
        eq(staking.bondedOf(alice), 0, "bonded goes first");
        eq(staking.stakeOf(alice).leaving, 30, "then what leaves");
        eq(token.balanceOf(address(7)), 21, "reward");
        eq(token.balanceOf(staking.BURN()), 49, "burned");

        vm.warp(block.timestamp + 1);
        vm.prank(alice);
        staking.withdraw();
        eq(token.balanceOf(alice), 930, "rest");
        eq(staking.totalStake(), 0, "total");
    }

    function test_exit_restarts_the_delay() public {
        bond(100);
        vm.prank(alice);
        staking.exit(10);
        vm.warp(block.timestamp + DELAY - 1);
        vm.prank(alice);
        staking.exit(10);
        vm.warp(block.timestamp + 1);
        vm.expectRevert(abi.encodeWithSelector(Staking.StillLeaving.selector, block.timestamp - 1 + DELAY));
        vm.prank(alice);
        staking.withdraw();
    }

    function test_only_judges_slash() public {
        bond(100);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, alice));
        vm.prank(alice);
        staking.slash(alice, 1, alice, 0);
        vm.expectRevert(abi.encodeWithSelector(Staking.RewardTooHigh.selector, 9001));
        vm.prank(judge);
        staking.slash(alice, 1, alice, 9001);
    }

    function test_slash_takes_no_more_than_there_is() public {
        bond(100);
        vm.prank(judge);
        eq(staking.slash(alice, type(uint256).max, address(7), 9000), 100, "taken");
        eq(token.balanceOf(address(7)), 90, "reward");
        eq(token.balanceOf(address(staking)), 0, "balance");
    }

    function test_refusals() public {
        vm.expectRevert(Staking.ZeroAmount.selector);
        staking.stake(0);
        vm.expectRevert(Staking.ZeroAmount.selector);
        staking.exit(0);
        vm.expectRevert(abi.encodeWithSelector(Staking.NotEnoughBonded.selector, 0, 1));
        staking.exit(1);
        vm.expectRevert(Staking.NothingLeaving.selector);
        staking.withdraw();
    }

    function operate(address staker, address operator) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("OpenLedger Staking"),
                keccak256("1"),
                block.chainid,
                address(staking)
            )
        );
        bytes32 hash = keccak256(abi.encode(keccak256("Operate(address staker,address operator)"), staker, operator));
        return keccak256(abi.encodePacked("\x19\x01", domain, hash));
    }

    function test_operator_stays_bound() public {
        address hot = vm.addr(2);
        address other = vm.addr(3);
        eq(staking.stakerOf(hot), hot, "signs for itself");
        bytes memory proof = signature(2, operate(alice, hot));
        vm.prank(alice);
        staking.setOperator(hot, proof);
        eq(staking.stakerOf(hot), alice, "signs for alice");
        eq(staking.operatorOf(alice), hot, "operator");

        proof = signature(3, operate(alice, other));
        vm.prank(alice);
        staking.setOperator(other, proof);
        eq(staking.operatorOf(alice), other, "new operator");
        eq(staking.stakerOf(hot), alice, "the old key's signatures stay hers");

        proof = signature(2, operate(address(5), hot));
        vm.expectRevert(abi.encodeWithSelector(Staking.OperatorTaken.selector, hot, alice));
        vm.prank(address(5));
        staking.setOperator(hot, proof);
        vm.prank(alice);
        staking.setOperator(alice, "");
        eq(staking.operatorOf(alice), alice, "herself again");
    }

    function test_nobody_takes_another_key() public {
        address hot = vm.addr(2);
        bytes memory proof = signature(2, operate(alice, hot)); // meant for alice
        vm.expectPartialRevert(Staking.NotSignedByOperator.selector);
        vm.prank(address(5));
        staking.setOperator(hot, proof);
        bond(1);
        proof = signature(1, operate(address(5), alice));
        vm.expectRevert(abi.encodeWithSelector(Staking.OperatorTaken.selector, alice, alice));
        vm.prank(address(5));
        staking.setOperator(alice, proof);
    }

    function test_payout() public {
        bond(10);
        vm.startPrank(alice);
        staking.setPayout(address(77));
        staking.exit(10);
        vm.stopPrank();
        vm.warp(block.timestamp + DELAY);
        vm.prank(alice);
        staking.withdraw();
        eq(token.balanceOf(address(77)), 10, "payout");
    }
}

/// @dev Does anything to a Staking contract, as four stakers and a judge.
contract StakingHandler is Base {
    Staking internal staking;
    address[4] public actors;

    constructor(Staking staking_) {
        staking = staking_;
        for (uint160 i = 0; i < 4; ++i) {
            actors[i] = address(0xa000 + i);
        }
    }

    function stake(uint8 who, uint96 amount) external {
        vm.prank(actors[who % 4]);
        staking.stake(1 + amount % 1e22);
    }

    function exit(uint8 who, uint96 amount) external {
        address a = actors[who % 4];
        uint256 bonded = staking.bondedOf(a);
        if (bonded == 0) return;
        vm.prank(a);
        staking.exit(uint96(1 + amount % bonded));
    }

    function withdraw(uint8 who, uint32 wait) external {
        Staking.Stake memory s = staking.stakeOf(actors[who % 4]);
        vm.warp(block.timestamp + wait % (2 * DELAY));
        if (s.leaving == 0 || block.timestamp < s.readyAt) return;
        vm.prank(actors[who % 4]);
        staking.withdraw();
    }

    function slash(uint8 who, uint96 amount, uint8 beneficiary, uint16 bps) external {
        staking.slash(actors[who % 4], amount, actors[beneficiary % 4], bps % 9001);
    }
}

contract StakingInvariants is Base {
    OpenToken internal token = new OpenToken(address(this));
    AccessManager internal manager = new AccessManager(address(this));
    Staking internal staking = new Staking(address(manager), token, DELAY);
    StakingHandler internal handler = new StakingHandler(staking);

    function setUp() public {
        letJudge(manager, staking, address(handler));
        for (uint256 i = 0; i < 4; ++i) {
            token.transfer(handler.actors(i), 1e24);
            vm.prank(handler.actors(i));
            token.approve(address(staking), type(uint256).max);
        }
    }

    function targetContracts() public view returns (address[] memory all) {
        all = new address[](1);
        all[0] = address(handler);
    }

    function invariant_balance_is_the_sum_of_stakes() public view {
        uint256 all;
        uint256 bonded;
        for (uint256 i = 0; i < 4; ++i) {
            all += staking.totalOf(handler.actors(i));
            bonded += staking.bondedOf(handler.actors(i));
        }
        eq(staking.totalStake(), all, "sum of stakes");
        eq(staking.totalBonded(), bonded, "sum of bonds");
        eq(token.balanceOf(address(staking)), all, "balance");
        eq(token.totalSupply(), 1e27, "supply");
    }
}
