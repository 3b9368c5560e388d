// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {Referee} from "./Referee.sol";
import {Staking} from "./Staking.sol";

/// @dev What a requester opens a job with. Its hash is part of the job's name, so who signs for a job signs for this.
struct Offer {
    bytes32 spec; // sha-256 of the JobSpec: its name off the chain
    uint32 steps;
    uint32 window; // seconds in which a submitted range can be disputed
    uint32 patience; // seconds in which a dispute must be resolved
    uint40 until; // nobody is engaged after it
    uint96 escrow; // put aside for all that the job can cost, `data` included
    uint96 data; // for the data, if all steps are done
    address pool; // who gets that
}

/// @dev What a worker or an auditor signs (EIP-712): steps `from` to `to` for `pay`, with a stake on being right and a
/// bond on being there.
struct Engagement {
    bytes32 job;
    address worker; // staker
    uint32 replica; // who works on equal steps in different ones must come to equal roots
    uint32 from; // from <= step < to
    uint32 to;
    uint40 due; // until when it must have submitted
    uint96 pay; // for all of them
    uint96 stake;
    uint96 bond;
    uint64 salt; // sets equal ones apart
}

/// @title JobEscrow: pay and stake of training jobs, per range of steps
/// @notice A requester puts the most that a job can cost aside. Whom it engages locks a part of its bond in Staking, and
/// is sure of its pay: it submits the root of its steps, and is paid when the window is over and nobody has disputed
/// it. A requester who is content pays at once. Different roots of equal steps are a conflict, which only a proof
/// resolves: whom the Referee has convicted is not paid. Nobody is ever outvoted. One fault is paid for once: of a stake
/// that answers for a job only that is taken which the Referee has not taken for the same fault.
/// Invariant: the balance of this contract is at least the sum of what open jobs hold, and a job holds at least the
/// pay of all who are engaged and the part of the data.
contract JobEscrow is AccessManaged, EIP712 {
    using SafeERC20 for IERC20;

    /// @dev In words by what is written together.
    struct Job {
        bytes32 spec;
        address requester;
        uint96 held;
        address pool;
        uint96 promised; // pay of who is engaged
        uint96 data;
        uint32 steps;
        uint32 window;
        uint32 patience;
        uint32 done; // the last step of a range that was paid
        uint32 engaged;
        bool closed;
        uint40 until;
    }

    /// @dev States are append-only.
    enum State {
        None,
        Engaged,
        Submitted,
        Disputed,
        Paid,
        Slashed,
        Vanished, // submitted nothing in time
        Lapsed // a dispute that nobody resolved: not paid, not slashed
    }

    struct Member {
        bytes32 job;
        address worker;
        uint96 pay;
        uint96 stake;
        uint96 bond;
        uint32 from;
        uint32 to;
        uint32 replica;
        uint32 upTo; // submitted
        uint40 time; // due, submitted or disputed
        State state;
        bytes32 root;
        bytes32 against; // the other member of a conflict
    }

    bytes32 private constant ENGAGEMENT = keccak256(
        "Engagement(bytes32 job,address worker,uint32 replica,uint32 from,uint32 to,uint40 due,uint96 pay,uint96 stake,uint96 bond,uint64 salt)"
    );
    bytes32 private constant PART = keccak256("Part(bytes32 member,uint32 upTo)");

    /// @notice Parts of a slash in 1/10,000; the rest is burned.
    uint256 public constant CLIENT_BPS = 2000;
    uint256 public constant CHALLENGER_BPS = 3000;

    IERC20 public immutable token;
    Staking public immutable staking;

    /// @notice Who looks at the last step of a dispute.
    Referee public immutable referee;

    mapping(bytes32 job => Job) private _jobs;
    mapping(bytes32 member => Member) private _members;
    mapping(bytes32 specAndSigner => uint256) private _taken; // here, of who was convicted

    event Opened(bytes32 indexed job, address indexed requester, Offer offer);
    event Funded(bytes32 indexed job, uint96 amount);
    event Engaged(bytes32 indexed job, bytes32 indexed member, address indexed worker, Engagement engagement);
    event Submitted(bytes32 indexed job, bytes32 indexed member, uint32 upTo, bytes32 root);
    event Disputed(bytes32 indexed job, bytes32 indexed member);
    event Resolved(bytes32 indexed job, bytes32 indexed member, bool guilty);
    event Closed(bytes32 indexed job, bytes32 indexed member, State state, uint256 paid);
    event Refunded(bytes32 indexed job, uint256 data, uint256 rest);

    error AlreadyOpen();
    error BadOffer();
    error NotRequester(address requester);
    error JobClosed();
    error NotCovered(uint256 held, uint256 want);
    error BadRange(uint32 from, uint32 upTo, uint32 to);
    error AlreadyEngaged();
    error NotSignedBy(address worker, address signer);
    error NotWorker(address worker);
    error WrongState(State state);
    error TooEarly(uint256 time);
    error TooLate(uint256 time);
    error NoConflict();
    error NotConvicted();
    error StillEngaged(uint32 n);

    /// @param manager says who may dispute and resolve: another Referee than this one
    /// @param staking_ MUST let this contract lock, unlock and slash
    constructor(address manager, Staking staking_, Referee referee_)
        AccessManaged(manager)
        EIP712("OpenLedger Jobs", "1")
    {
        referee = referee_;
        staking = staking_;
        token = staking_.token();
    }

    // The requester.

    /// @notice The name of a job on this chain.
    function jobOf(address requester, Offer calldata o) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), requester, o));
    }

    /// @notice Opens a job of the caller, whose OPEN it takes.
    function open(Offer calldata o) external returns (bytes32 id) {
        id = jobOf(msg.sender, o);
        if (_jobs[id].requester != address(0)) revert AlreadyOpen();
        if (o.steps == 0 || o.data > o.escrow || o.pool == address(0) && o.data > 0 || o.window == 0 || o.patience == 0) {
            revert BadOffer();
        }
        _jobs[id] = Job({
            spec: o.spec,
            requester: msg.sender,
            held: o.escrow,
            pool: o.pool,
            promised: 0,
            data: o.data,
            steps: o.steps,
            window: o.window,
            patience: o.patience,
            done: 0,
            engaged: 0,
            closed: false,
            until: o.until
        });
        emit Opened(id, msg.sender, o);
        token.safeTransferFrom(msg.sender, address(this), o.escrow);
    }

    /// @notice Puts more aside for a job.
    function fund(bytes32 id, uint96 amount) external {
        Job storage j = _openJob(id);
        j.held += amount;
        emit Funded(id, amount);
        token.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @notice Engages who signed for it. Its stake and bond are locked, and its pay is sure.
    function engage(Engagement calldata e, bytes calldata signature) external returns (bytes32 id) {
        Job storage j = _openJob(e.job);
        if (msg.sender != j.requester) revert NotRequester(j.requester);
        if (block.timestamp > j.until) revert TooLate(j.until);
        if (e.from >= e.to || e.to > j.steps) revert BadRange(e.from, e.to, j.steps);
        uint256 want = uint256(j.promised) + e.pay + j.data;
        if (want > j.held) revert NotCovered(j.held, want);
        id = memberOf(e);
        Member storage m = _members[id];
        if (m.state != State.None) revert AlreadyEngaged();
        _onlySigned(e.worker, id, signature);
        if (block.timestamp > e.due) revert TooLate(e.due);

        j.promised += e.pay;
        ++j.engaged;
        m.job = e.job;
        (m.worker, m.pay, m.stake, m.bond) = (e.worker, e.pay, e.stake, e.bond);
        (m.from, m.to, m.replica, m.time, m.state) = (e.from, e.to, e.replica, e.due, State.Engaged);
        emit Engaged(e.job, id, e.worker, e);
        staking.lock(e.worker, uint256(e.stake) + e.bond);
    }

    /// @notice The name of an engagement: its EIP-712 digest, which the worker signs.
    function memberOf(Engagement calldata e) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(ENGAGEMENT, e)));
    }

    /// @notice Pays a member at once and for all that it was engaged for, or for as much as it has submitted.
    function approve(bytes32[] calldata members) external {
        for (uint256 i = 0; i < members.length; ++i) {
            Member storage m = _members[members[i]];
            _onlyRequester(m.job);
            if (m.state == State.Engaged) _pay(members[i], m, m.to);
            else if (m.state == State.Submitted) _pay(members[i], m, m.upTo);
            else revert WrongState(m.state);
        }
    }

    /// @notice Pays a member for its steps before upTo, which it agreed to by signing Part{member, upTo} (EIP-712).
    function approvePart(bytes32 id, uint32 upTo, bytes calldata signature) external {
        Member storage m = _members[id];
        _onlyRequester(m.job);
        if (m.state != State.Engaged && m.state != State.Submitted) revert WrongState(m.state);
        if (upTo < m.from || upTo > m.to) revert BadRange(m.from, upTo, m.to);
        _onlySigned(m.worker, _hashTypedDataV4(keccak256(abi.encode(PART, id, upTo))), signature);
        _pay(id, m, upTo);
    }

    /// @notice Ends a job of which nobody is engaged any more: the data gets its part for the steps that were paid, the
    /// requester the rest. Its requester may at any time, others once nobody can be engaged.
    function refund(bytes32 id) external {
        Job storage j = _openJob(id);
        if (msg.sender != j.requester && block.timestamp <= j.until) revert TooEarly(j.until);
        if (j.engaged > 0) revert StillEngaged(j.engaged);
        j.closed = true;
        uint256 data = uint256(j.data) * j.done / j.steps;
        uint256 rest = j.held - data;
        j.held = 0;
        emit Refunded(id, data, rest);
        if (data > 0) token.safeTransfer(j.pool, data);
        if (rest > 0) token.safeTransfer(j.requester, rest);
    }

    // The workers.

    /// @notice Submits the root of the caller's steps before upTo. When the window is over it is paid for them.
    function submit(bytes32 id, uint32 upTo, bytes32 root) external {
        Member storage m = _members[id];
        if (staking.stakerOf(msg.sender) != m.worker) revert NotWorker(m.worker);
        if (m.state != State.Engaged) revert WrongState(m.state);
        if (block.timestamp > m.time) revert TooLate(m.time);
        if (upTo <= m.from || upTo > m.to) revert BadRange(m.from, upTo, m.to);
        (m.upTo, m.time, m.state, m.root) = (upTo, uint40(block.timestamp), State.Submitted, root);
        emit Submitted(m.job, id, upTo, root);
    }

    /// @notice Pays a member whose window is over.
    function release(bytes32 id) external {
        Member storage m = _members[id];
        if (m.state != State.Submitted) revert WrongState(m.state);
        uint256 end = uint256(m.time) + _jobs[m.job].window;
        if (block.timestamp < end) revert TooEarly(end);
        _pay(id, m, m.upTo);
    }

    /// @notice Ends the engagement of who submitted nothing in time. It costs the bond, which nobody gets.
    function expire(bytes32 id) external {
        Member storage m = _members[id];
        if (m.state != State.Engaged) revert WrongState(m.state);
        if (block.timestamp <= m.time) revert TooEarly(uint256(m.time) + 1);
        _close(id, m, State.Vanished, 0);
        if (m.bond > 0) staking.slash(m.worker, m.bond, address(0), 0);
    }

    // Disputes.

    /// @notice Holds two members of a job who submitted different roots of the same steps, until the Referee has said
    /// which of them is wrong, or both.
    function conflict(bytes32 a, bytes32 b) external {
        (Member storage x, Member storage y) = (_members[a], _members[b]);
        if (x.state != State.Submitted) revert WrongState(x.state);
        if (y.state != State.Submitted) revert WrongState(y.state);
        if (x.job != y.job || x.from != y.from || x.upTo != y.upTo || x.root == y.root || x.replica == y.replica) {
            revert NoConflict();
        }
        (x.against, y.against) = (b, a);
        _hold(a, x);
        _hold(b, y);
    }

    /// @notice Holds a member while the Referee hears a dispute about it.
    function dispute(bytes32 id) external restricted {
        Member storage m = _members[id];
        if (m.state != State.Submitted) revert WrongState(m.state);
        _hold(id, m);
    }

    function _hold(bytes32 id, Member storage m) private {
        uint256 end = uint256(m.time) + _jobs[m.job].window;
        if (block.timestamp >= end) revert TooLate(end);
        (m.state, m.time) = (State.Disputed, uint40(block.timestamp));
        emit Disputed(m.job, id);
    }

    /// @notice Shows that a step of a member is wrong, by what the Referee takes for its last step: the Referee convicts
    /// it as it does everybody, and here it is not paid and loses what its stake is more than it lost there.
    /// @param brief the arguments of Referee.judge as they are encoded there
    /// @param challenger whose part of the stake it is
    function convict(bytes32 id, bytes calldata brief, address challenger) external {
        Member storage m = _members[id];
        if (brief.length < 64) revert NotConvicted();
        bool staked = staking.totalOf(m.worker) > 0;
        (bool ok, bytes memory said) = address(referee)
            .call(
                staked
                    ? bytes.concat(abi.encodeWithSelector(Referee.convictFor.selector, challenger, 64), brief[32:])
                    : bytes.concat(Referee.judge.selector, brief)
            );
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(said, 0x20), mload(said))
            }
        }
        address signer;
        bytes32 spec;
        if (staked) {
            (spec, signer) = abi.decode(said, (bytes32, address));
        } else {
            // Nothing can be taken of it; it is still not paid.
            Referee.Why why;
            (spec,, signer,, why) = abi.decode(said, (bytes32, uint256, address, address, Referee.Why));
            if (why == Referee.Why.Nothing) revert NotConvicted();
        }
        if (spec != _jobs[m.job].spec || staking.stakerOf(signer) != m.worker) revert NotConvicted();
        if (staked) _follow(id, m, spec, signer);
        else _fall(id, m, 0, challenger);
    }

    /// @notice Does so to a member that the Referee has convicted already, whatever for.
    /// @param signer the key that it was convicted by
    function follow(bytes32 id, address signer) external {
        Member storage m = _members[id];
        if (staking.stakerOf(signer) != m.worker) revert NotConvicted();
        _follow(id, m, _jobs[m.job].spec, signer);
    }

    /// @dev One fault is paid for once: what the Referee took, and what was taken here for the same one, counts.
    function _follow(bytes32 id, Member storage m, bytes32 spec, address signer) private {
        (address challenger, uint256 paid) = referee.convictionOf(spec, signer);
        if (challenger == address(0)) revert NotConvicted();
        bytes32 fault = keccak256(abi.encode(spec, signer));
        paid += _taken[fault];
        _taken[fault] += _fall(id, m, m.stake > paid ? m.stake - paid : 0, challenger);
    }

    function _fall(bytes32 id, Member storage m, uint256 amount, address challenger) private returns (uint256) {
        emit Resolved(m.job, id, true);
        return _strike(id, m, amount, challenger);
    }

    /// @notice The word of who may resolve. Who is guilty is not paid and loses its stake, or a tenth of it for what a
    /// flipped bit explains: half is burned, a fifth is the client's, three tenths are the challenger's, or burned if
    /// there is none. Who is not can be paid at once; for the other one of a conflict a window begins anew.
    function resolve(bytes32 id, bool guilty, bool lightly, address challenger) external restricted {
        Member storage m = _members[id];
        emit Resolved(m.job, id, guilty);
        if (!guilty) {
            if (m.state != State.Disputed) revert WrongState(m.state);
            (m.state, m.time, m.against) = (State.Submitted, 0, 0);
            return;
        }
        _strike(id, m, lightly ? m.stake / 10 : m.stake, challenger);
    }

    /// @dev Closes a member that is guilty, frees the other one of its conflict, and slashes.
    function _strike(bytes32 id, Member storage m, uint256 amount, address challenger) private returns (uint256 taken) {
        if (m.state != State.Engaged && m.state != State.Submitted && m.state != State.Disputed) {
            revert WrongState(m.state);
        }
        _close(id, m, State.Slashed, 0);
        Member storage other = _members[m.against];
        if (other.state == State.Disputed && other.against == id) {
            // It may be wrong too: a window begins anew.
            (other.state, other.time, other.against) = (State.Submitted, uint40(block.timestamp), 0);
        }
        taken = staking.slash(m.worker, amount, address(this), CLIENT_BPS + CHALLENGER_BPS);
        uint256 reward = taken * (CLIENT_BPS + CHALLENGER_BPS) / 10_000;
        uint256 client = taken * CLIENT_BPS / 10_000;
        if (client > 0) token.safeTransfer(_jobs[m.job].requester, client);
        if (reward > client) {
            token.safeTransfer(challenger == address(0) ? staking.BURN() : challenger, reward - client);
        }
    }

    /// @notice Ends a dispute that nobody resolved in time: the member is not paid, and keeps its stake.
    function lapse(bytes32 id) external {
        Member storage m = _members[id];
        if (m.state != State.Disputed) revert WrongState(m.state);
        uint256 end = uint256(m.time) + _jobs[m.job].patience;
        if (block.timestamp < end) revert TooEarly(end);
        _close(id, m, State.Lapsed, 0);
    }

    // Parts.

    /// @notice What there is of a job; its requester is zero if there is none.
    function job(bytes32 id) external view returns (Job memory) {
        return _jobs[id];
    }

    /// @notice What there is of a member.
    function member(bytes32 id) external view returns (Member memory) {
        return _members[id];
    }

    /// @notice The EIP-712 domain of engagements and parts.
    function domainSeparator() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    function _pay(bytes32 id, Member storage m, uint32 upTo) private {
        Job storage j = _jobs[m.job];
        uint256 paid = uint256(m.pay) * (upTo - m.from) / (m.to - m.from);
        if (upTo > m.from && upTo > j.done) j.done = upTo;
        _close(id, m, State.Paid, paid);
        if (paid > 0) token.safeTransfer(staking.payoutOf(m.worker), paid);
    }

    function _close(bytes32 id, Member storage m, State state, uint256 paid) private {
        Job storage j = _jobs[m.job];
        m.state = state;
        j.held -= uint96(paid);
        j.promised -= m.pay;
        --j.engaged;
        emit Closed(m.job, id, state, paid);
        staking.unlock(m.worker, uint256(m.stake) + m.bond);
    }

    function _openJob(bytes32 id) private view returns (Job storage j) {
        j = _jobs[id];
        if (j.requester == address(0) || j.closed) revert JobClosed();
    }

    function _onlyRequester(bytes32 id) private view {
        if (msg.sender != _jobs[id].requester) revert NotRequester(_jobs[id].requester);
    }

    function _onlySigned(address worker, bytes32 digest, bytes calldata signature) private view {
        (address signer,,) = ECDSA.tryRecover(digest, signature);
        if (signer == address(0) || staking.stakerOf(signer) != worker) revert NotSignedBy(worker, signer);
    }
}
