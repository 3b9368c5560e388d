// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title Staking: what a peer stands to lose
/// @notice A staker bonds OPEN and answers with it for what its operator key signs. To leave it calls exit, waits
/// longer than any dispute takes, and withdraws; until then it can be slashed. Earnings go to a payout address.
/// Judges slash, and lock what answers for something that is not over: it cannot leave, nor answer for another thing.
/// Invariant: the balance of this contract == totalStake == the sum of all stakes, bonded and leaving.
contract Staking is AccessManaged, EIP712 {
    using SafeERC20 for IERC20;

    /// @dev What one staker has here. A slash takes from bonded first.
    struct Stake {
        uint96 bonded;
        uint96 leaving;
        uint64 readyAt; // when leaving can be withdrawn, seconds
    }

    /// @notice Nobody holds a key of this address: what is sent there is burned.
    address public constant BURN = 0x000000000000000000000000000000000000dEaD;

    /// @notice The most of a slash that goes to a beneficiary, in 1/10,000: to accuse oneself never pays.
    uint256 public constant MAX_REWARD_BPS = 9000;

    bytes32 private constant OPERATE = keccak256("Operate(address staker,address operator)");

    IERC20 public immutable token;

    /// @notice Seconds from exit to withdraw.
    uint64 public immutable delay;

    /// @notice All stakes, bonded and leaving.
    uint256 public totalStake;

    /// @notice Stakes that are bonded.
    uint256 public totalBonded;

    mapping(address staker => Stake) private _stakes;

    /// @notice What of a bond answers for something that is not over. Slashes may leave less bonded than that.
    mapping(address staker => uint256) public lockedOf;

    mapping(address operator => address) private _stakerOf;
    mapping(address staker => address) private _operatorOf;
    mapping(address staker => address) private _payoutOf;

    event Staked(address indexed staker, uint256 amount);
    event Exiting(address indexed staker, uint256 amount, uint64 readyAt);
    event Withdrawn(address indexed staker, address to, uint256 amount);
    event Slashed(address indexed staker, uint256 amount, address indexed beneficiary, uint256 reward);
    event Locked(address indexed staker, address indexed judge, uint256 amount);
    event Unlocked(address indexed staker, address indexed judge, uint256 amount);
    event OperatorSet(address indexed staker, address indexed operator);
    event PayoutSet(address indexed staker, address payout);

    error ZeroAmount();
    error NotEnoughBonded(uint256 bonded, uint256 asked);
    error NothingLeaving();
    error StillLeaving(uint64 readyAt);
    error OperatorTaken(address operator, address staker);
    error NotSignedByOperator(address operator, address signer);
    error RewardTooHigh(uint256 bps);

    /// @param manager says who judges: slash is restricted
    /// @param token_ is what is staked
    /// @param delay_ MUST be longer than every window in which a staker can be proven wrong, seconds
    constructor(address manager, IERC20 token_, uint64 delay_)
        AccessManaged(manager)
        EIP712("OpenLedger Staking", "1")
    {
        token = token_;
        delay = delay_;
    }

    /// @notice Bonds an amount of the caller, which must have approved it.
    function stake(uint96 amount) external {
        stakeFor(msg.sender, amount);
    }

    /// @notice Bonds an amount of the caller for another staker.
    function stakeFor(address staker, uint96 amount) public {
        if (amount == 0) revert ZeroAmount();
        _stakes[staker].bonded += amount;
        totalStake += amount;
        totalBonded += amount;
        emit Staked(staker, amount);
        token.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @notice Takes an amount out of the bond. Its wait begins now, and that of what is leaving already begins anew.
    function exit(uint96 amount) external {
        Stake storage s = _stakes[msg.sender];
        if (amount == 0) revert ZeroAmount();
        uint256 free = freeOf(msg.sender);
        if (amount > free) revert NotEnoughBonded(free, amount);
        s.bonded -= amount;
        s.leaving += amount;
        s.readyAt = uint64(block.timestamp) + delay;
        totalBonded -= amount;
        emit Exiting(msg.sender, amount, s.readyAt);
    }

    /// @notice Pays out what has left, to the payout address.
    function withdraw() external {
        Stake storage s = _stakes[msg.sender];
        uint96 amount = s.leaving;
        if (amount == 0) revert NothingLeaving();
        if (block.timestamp < s.readyAt) revert StillLeaving(s.readyAt);
        s.leaving = 0;
        s.readyAt = 0;
        totalStake -= amount;
        address to = payoutOf(msg.sender);
        emit Withdrawn(msg.sender, to, amount);
        token.safeTransfer(to, amount);
    }

    /// @notice Takes up to an amount of a stake: rewardBps/10,000 of it for a beneficiary, the rest is burned.
    /// A stake that is smaller is taken whole. Only judges may call it.
    /// @return taken what the stake had of it
    function slash(address staker, uint256 amount, address beneficiary, uint256 rewardBps)
        external
        restricted
        returns (uint256 taken)
    {
        if (rewardBps > MAX_REWARD_BPS) revert RewardTooHigh(rewardBps);
        Stake storage s = _stakes[staker];
        uint256 fromBonded = amount < s.bonded ? amount : s.bonded;
        uint256 left = amount - fromBonded;
        uint256 fromLeaving = left < s.leaving ? left : s.leaving;
        taken = fromBonded + fromLeaving;
        s.bonded -= uint96(fromBonded);
        s.leaving -= uint96(fromLeaving);
        totalBonded -= fromBonded;
        totalStake -= taken;
        uint256 reward = taken * rewardBps / 10_000;
        emit Slashed(staker, taken, beneficiary, reward);
        if (reward > 0) token.safeTransfer(beneficiary, reward);
        if (taken > reward) token.safeTransfer(BURN, taken - reward);
    }

    /// @notice Keeps an amount of a bond from leaving and from answering for anything else. Only judges may call it.
    function lock(address staker, uint256 amount) external restricted {
        uint256 free = freeOf(staker);
        if (amount > free) revert NotEnoughBonded(free, amount);
        lockedOf[staker] += amount;
        emit Locked(staker, msg.sender, amount);
    }

    /// @notice Ends that. A judge MUST unlock no more than it locked.
    function unlock(address staker, uint256 amount) external restricted {
        lockedOf[staker] -= amount;
        emit Unlocked(staker, msg.sender, amount);
    }

    /// @notice Names the key that signs for the caller from now on; the caller's own signs for itself.
    /// A key that ever signed for a staker stays bound to it: who changes the key still answers for the old one.
    /// @param signature of the key over Operate{staker, operator} (EIP-712), so nobody takes another's key
    function setOperator(address operator, bytes calldata signature) external {
        address bound = _stakerOf[operator];
        if (bound != address(0) && bound != msg.sender) revert OperatorTaken(operator, bound);
        if (operator != msg.sender) {
            if (totalOf(operator) > 0) revert OperatorTaken(operator, operator);
            bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(OPERATE, msg.sender, operator)));
            (address signer,,) = ECDSA.tryRecover(digest, signature);
            if (signer != operator) revert NotSignedByOperator(operator, signer);
            _stakerOf[operator] = msg.sender;
        }
        _operatorOf[msg.sender] = operator;
        emit OperatorSet(msg.sender, operator);
    }

    /// @notice Names where withdrawals and claims of the caller go; zero is the caller.
    function setPayout(address payout) external {
        _payoutOf[msg.sender] = payout;
        emit PayoutSet(msg.sender, payout);
    }

    /// @notice What a staker has here.
    function stakeOf(address staker) external view returns (Stake memory) {
        return _stakes[staker];
    }

    /// @notice What a staker can be slashed of.
    function totalOf(address staker) public view returns (uint256) {
        return uint256(_stakes[staker].bonded) + _stakes[staker].leaving;
    }

    /// @notice What a staker has bonded.
    function bondedOf(address staker) external view returns (uint256) {
        return _stakes[staker].bonded;
    }

    /// @notice What a staker has bonded and not locked.
    function freeOf(address staker) public view returns (uint256) {
        uint256 bonded = _stakes[staker].bonded;
        uint256 locked = lockedOf[staker];
        return bonded > locked ? bonded - locked : 0;
    }

    /// @notice Who answers for a signature, and with how much.
    function bondOf(address signer) external view returns (address staker, uint256 free) {
        staker = stakerOf(signer);
        free = freeOf(staker);
    }

    /// @notice Who answers for a signature: the staker that named the key its operator, else the key itself.
    function stakerOf(address signer) public view returns (address) {
        address staker = _stakerOf[signer];
        return staker == address(0) ? signer : staker;
    }

    /// @notice The key that signs for a staker.
    function operatorOf(address staker) external view returns (address) {
        address operator = _operatorOf[staker];
        return operator == address(0) ? staker : operator;
    }

    /// @notice Where a staker's money goes.
    function payoutOf(address staker) public view returns (address) {
        address payout = _payoutOf[staker];
        return payout == address(0) ? staker : payout;
    }
}
