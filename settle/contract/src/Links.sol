// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Lists} from "./Lists.sol";
import {Agreed, Record, Sealed, Shown} from "./Sealed.sol";

/// @dev What Links needs of the Referee.
interface IReferee {
    function punish(bytes32 job, uint256 step, address signer, address client, address challenger) external;
}

/// @title Links: what a worker committed to follows from what it agreed to, and from itself
/// @notice The last step of a proof that needs no arithmetic. The definition is package dispute, JudgeLink.
contract Links {
    /// @dev A digest of a list of a step.
    struct Entry {
        bytes32 digest;
        uint64 index;
        bytes32[] path;
    }

    struct Link {
        Of what;
        bytes plan;
        bytes reveal;
        bytes ops; // of the links to its list
        Shown outline; // of the step; not for Start and Chain
        bytes steps; // 68 bytes each: state, batch, bits of the loss, little endian
        uint64 step; // index of the one step in the reveal
        bytes32[] stepPath;
        Shown source; // of the value, in the outline
        bytes[] finals; // all leaves, in the outline
        Entry[] entries;
        bytes32 digest; // what the map has under the value's name
        uint64 mapIndex;
        uint64 mapSize;
        bytes32[] mapPath;
    }

    enum Of {
        Nothing,
        Start,
        Chain,
        Batch,
        Given,
        Before,
        Frozen,
        Loss,
        After
    }

    /// @dev The payload of a Reveal.
    struct Result {
        uint256 first;
        uint256 last;
        bytes32 start;
        bytes32 root;
        bytes32 chain;
        bytes32 lease;
    }

    uint256 private constant STEP = 68;

    IReferee public immutable referee;
    uint64 public immutable network;

    error NotALink();
    error FromALease();
    error NothingWrong();

    /// @dev The Referee makes it.
    constructor(uint64 network_) {
        referee = IReferee(msg.sender);
        network = network_;
    }

    /// @notice Convicts who signed the link's records.
    function convict(Link calldata x) external {
        (bytes32 job, uint256 step, address signer, address client, bool wrong) = judge(x);
        if (!wrong) revert NothingWrong();
        referee.punish(job, step, signer, client, msg.sender);
    }

    /// @notice Says whether something does not follow, and who signed it.
    function judge(Link calldata x)
        public
        view
        returns (bytes32 job, uint256 step, address signer, address client, bool wrong)
    {
        Agreed memory a = Sealed.agreed(x.plan, x.reveal, network);
        (job, signer, client) = (a.job, a.signer, a.client);
        Result memory r = _result(x.reveal[Sealed.PAYLOAD:]);
        if (x.what == Of.Start || x.what == Of.Chain) {
            if (r.lease != 0 || r.first != 1) revert FromALease();
            return (job, 1, signer, client, x.what == Of.Start ? r.start != a.start : _wrongChain(x.steps, a, r));
        }
        if (x.what == Of.Batch) {
            if (x.step == 0) revert NotALink(); // the first leaf is of who worked before
            step = x.step + r.first - 1;
            Sealed.outline(x.outline, a, step);
            _step(x, r, step);
            return (job, step, signer, client, bytes32(x.steps[32:64]) != bytes32(x.outline.data[96:128]));
        }
        step = Sealed.opened(x.ops, a, network).sequence;
        Sealed.outline(x.outline, a, step);
        if (step < r.first || step > r.last) revert NotALink();
        wrong = _wrongList(x, r, step);
    }

    /// @dev [[first, last, start, root, chain], nonce, lease]
    function _result(bytes calldata p) private pure returns (Result memory r) {
        uint256 n = p.length;
        if (n < 174 || bytes2(p[:2]) != 0x8385) revert NotALink();
        uint256 used;
        uint256 more;
        (r.first, used) = Sealed.number(p[2:]);
        (r.last, more) = Sealed.number(p[2 + used:]);
        if (2 + used + more != n - 170) revert NotALink();
        (r.start, r.root, r.chain) = (bytes32(p[n - 168:n - 136]), bytes32(p[n - 134:n - 102]), bytes32(p[n - 100:n - 68]));
        r.lease = bytes32(p[n - 32:]);
    }

    /// @dev Checks that the one step shown is step t of the reveal.
    function _step(Link calldata x, Result memory r, uint256 t) private pure {
        if (x.steps.length != STEP || t + 1 != x.step + r.first) revert NotALink();
        uint256 size = r.last + 2 - r.first;
        bytes32 root = Lists.shaRoot(_stepLeaf(x.steps, t), x.step, size, x.stepPath);
        if (Lists.shaSeal(4, size, root) != r.root) revert Sealed.NotInList(x.step);
    }

    function _stepLeaf(bytes calldata step, uint256 t) private pure returns (bytes32) {
        return sha256(abi.encodePacked(uint8(0x10), Lists.le(t), step));
    }

    /// @dev The chain over all steps, which are those of the root.
    function _wrongChain(bytes calldata steps, Agreed memory a, Result memory r) private pure returns (bool) {
        uint256 n = r.last + 1; // first is 1
        if (steps.length != n * STEP) revert NotALink();
        bytes32[] memory leaves = new bytes32[](n);
        bytes32 chain = _chain(a.job, a.start);
        for (uint256 t = 0; t < n; ++t) {
            leaves[t] = _stepLeaf(steps[t * STEP:(t + 1) * STEP], t);
            if (t > 0) chain = _chain(chain, leaves[t]);
        }
        bool begins = leaves[0] == r.start;
        if (Lists.shaSeal(4, n, Lists.shaTree(leaves)) != r.root) revert Sealed.NotInList(0);
        return !begins || chain != r.chain;
    }

    function _chain(bytes32 before, bytes32 leaf) private pure returns (bytes32) {
        return sha256(abi.encodePacked(uint8(0x11), before, leaf));
    }

    function _wrongList(Link calldata x, Result memory r, uint256 step) private pure returns (bool) {
        bytes calldata o = x.outline.data;
        uint256 values = uint32(bytes4(o[:4]));
        {
            (uint256 count, bytes32 list) = Sealed.opening(x.ops);
            if (count != values) revert NotALink();
            for (uint256 i = 0; i < x.entries.length; ++i) {
                Entry calldata e = x.entries[i];
                if (Lists.shaList(e.digest, e.index, values, e.path) != list) revert Sealed.NotInList(e.index);
            }
        }
        if (x.what == Of.After) {
            _step(x, r, step);
            return _wrongState(x);
        }
        if (x.entries.length != 1) revert NotALink();
        bytes32 said = x.entries[0].digest;
        if (x.what == Of.Loss) {
            _step(x, r, step);
            if (x.entries[0].index != uint32(bytes4(o[8:12]))) revert NotALink();
            return said != Lists.scalar(bytes4(x.steps[64:68]));
        }
        if (x.source.data.length < 33) revert NotALink();
        Sealed.leaf(x.source, x.entries[0].index, values, bytes32(o[64:96]));
        uint256 source = uint8(x.source.data[0]);
        if (x.what == Of.Given) {
            if (source != 1) revert NotALink();
            return said != bytes32(x.source.data[1:33]);
        }
        bytes32 map = bytes32(o[128:160]);
        if (x.what == Of.Before) {
            _step(x, r, step - 1);
            map = bytes32(x.steps[:32]);
        }
        if (x.what != Of.Before && x.what != Of.Frozen || source != (x.what == Of.Before ? 2 : 3)) revert NotALink();
        bytes32 root = Lists.shaRoot(Lists.entry(x.source.data[33:], x.digest), x.mapIndex, x.mapSize, x.mapPath);
        if (Lists.shaSeal(3, x.mapSize, root) != map) revert Sealed.NotInList(x.mapIndex);
        return said != x.digest;
    }

    /// @dev The state that the list makes up is not that of the step.
    function _wrongState(Link calldata x) private pure returns (bool) {
        uint256 n = x.finals.length;
        bytes32[] memory keccaks = new bytes32[](n);
        bytes32[] memory leaves = new bytes32[](n);
        uint256 used;
        for (uint256 i = 0; i < n; ++i) {
            bytes calldata f = x.finals[i];
            keccaks[i] = Lists.keccakLeaf(f);
            if (f.length < 36) revert NotALink();
            bytes32 digest = bytes32(f[4:36]);
            uint256 value = uint32(bytes4(f[:4]));
            if (value > 0) {
                if (used == x.entries.length || x.entries[used].index != value - 1) revert NotALink();
                digest = x.entries[used++].digest;
            }
            leaves[i] = Lists.entry(f[36:], digest);
        }
        if (used != x.entries.length || Lists.keccakSeal(n, Lists.keccakTree(keccaks)) != bytes32(x.outline.data[160:192])) {
            revert NotALink();
        }
        return Lists.shaSeal(3, n, Lists.shaTree(leaves)) != bytes32(x.steps[:32]);
    }
}
