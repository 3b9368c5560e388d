package main

import (
	"github.com/spf13/cobra"

	"github.com/openledger/openledger/proofs/record"
)

// newRoot is the tree of commands. A group of commands is one file.
func newRoot(a *app) *cobra.Command {
	root := group("peer", "A peer of OpenLedger", rootHelp, "  peer init\n  peer doctor",
		initCmd(a), idCmd(a), keyCmd(a), configCmd(a), // who this peer is
		runCmd(a),                                 // what it does
		modelCmd(a), tokenizerCmd(a), trainCmd(a), // what it computes with
		serveCmd(a), chatCmd(a), adapterCmd(a), tokenCmd(a), // what it answers, and whom
		datanetCmd(a), pinCmd(a), repoCmd(a), // what it stores
		jobCmd(a), verifyCmd(a), receiptCmd(a), attributionCmd(a), // what others compute for it
		walletCmd(a), stakeCmd(a), earningsCmd(a), claimCmd(a), epochCmd(a), govCmd(a), chainCmd(a), // what it is paid
		swarmCmd(a), bootstrapCmd(a), netCmd(a), pingCmd(a), findCmd(a), // whom it knows
		demoCmd(a), devnetCmd(a), // several peers at once
		statusCmd(a), topCmd(a), doctorCmd(a), benchCmd(a), versionCmd(a), completionCmd(), // how it is
	)
	a.shareFlags(root)
	return root
}

// wire builds a peer out of the rooms, each floor on those below it, and
// returns their services in that order: run starts them upwards and stops them
// downwards. Rooms of one floor do not know each other; where one needs
// another, the func that joins them is written here.
func wire(p *peer) ([]service, error) {
	// The window into the peer comes first and goes last.
	ops, err := newOps(p.config.Ops, p.home, p.metrics, p.registry, &p.stage)
	if err != nil {
		return nil, err
	}
	p.health, p.announce = ops.url("/health"), ops.announce

	// Floor 1: compute.
	engine, err := newEngine(p.config.Engine, p.metrics)
	if err != nil {
		return nil, err
	}

	// Floor 1: storage; floor 2: Datanets.
	repo, err := openRepo(p.home, p.config, p.key.Public().Account(), func() (record.Key, error) { return p.key, nil }, p.log)
	if err != nil {
		return nil, err
	}

	// Floor 1: network, and storage over it.
	net, err := newNetwork(p, engine, append(storageRules(repo.network()), offerRule(), settlementRule())...)
	if err != nil {
		return nil, err
	}
	net.control(ops)
	stored, err := newOnline(p, repo, net)
	if err != nil {
		return nil, err
	}

	// The roles in training jobs join all of these.
	roles, err := newJobs(p, repo, stored, engine, net.capacity)
	if err != nil {
		return nil, err
	}
	net.load = append(net.load, roles.load)

	// What it answers: with its own models, and through other peers.
	if p.answers, err = newAnswers(p, repo, stored, net.capacity, ops.session); err != nil {
		return nil, err
	}
	net.load = append(net.load, p.answers.advertise)
	ops.openai = p.answers.url()

	desk := newDesk(repo)
	desk.control(ops)

	return []service{
		{"ops", ops.run},
		{"engine", engine.run},
		{"repo", repo.run},
		{"network", net.run},
		{"capacity", net.capacity.Run},
		{"storage", stored.run},
		{"chain", repo.runLink},
		{"epochs", newEpochs(repo, stored).run},
		{"jobs", roles.run},
		{"answers", p.answers.run},
		{"tasks", desk.run},
	}, nil
}

// tasks are what the running peer does for commands with all that it stores.
func tasks() []served {
	return []served{
		repoStat, repoGC, repoVerify,
		receiptList, receiptShow, attributionShow, attributionVerify, adapterPublish, adapterFetch, modelPublish, modelFetch, modelServe,
		pinAdd, pinLs, pinRm, pinStatus, pinRecover,
		datanetCreate, datanetAdd, datanetReview, datanetPublish, datanetList, datanetShow, datanetSearch,
		datanetPin, datanetVerify, datanetExport, datanetWithdraw, datanetStats,
		walletBalance, walletDeposit, walletWithdraw, walletTransfer, stakeStatus, stakeAdd, stakeExit, stakeWithdraw, chainConvict,
		registrationTask, earningsTask, claimTask, epochList, epochShow, epochVerify, govList, govPropose, govVote, govExecute, chainStatus, chainDeploy,
		jobSubmit, jobList, jobShow, jobExplain, jobLogs, jobHistory, jobGet, jobOrder,
	}
}

// checks is what doctor looks at, in the order in which it prints.
func checks() []check {
	return []check{
		{"home", checkHome},
		{"config", checkConfig},
		{"key", checkKey},
		{"lock", checkLock},
		{"disk", checkDisk},
		{"data", checkData},
		{"memory", checkMemory},
		{"files", checkFiles},
		{"cpu", checkCPU},
		{"gpu", checkGPUs},
		{"operators", checkOperators},
		{"clock", checkClock},
		{"ports", checkPorts},
		{"network", checkNetwork},
		{"chain", checkChain},
	}
}
