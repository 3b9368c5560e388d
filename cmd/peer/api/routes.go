package api

// A route is one thing that can be asked for. The OpenAPI document is made of
// these, so it says what is there.
type route struct {
	method, path string
	scope        Scope // "": anybody
	summary      string
	do           func(c *call) error
	in, out      any // examples of the types of body and answer; nil: none, or not JSON
	events       any // of the events of a stream; nil: there is no stream
}

var routes []route

func init() { // routes lead to the document, which is made of routes
	routes = []route{
		{"GET", "/health", "", "Whether the server lives", (*call).health, nil, Health{}, nil},
		{"GET", "/metrics", ScopeAdmin, "What the server counts, for Prometheus", (*call).metricsPage, nil, nil, nil},
		{"GET", "/openapi.json", "", "This document", (*call).openAPI, nil, nil, nil},

		{"GET", "/v1/models", ScopeRead, "Models that can be asked for", (*call).models, nil, List[ModelObject]{}, nil},
		{"GET", "/v1/models/{id...}", ScopeRead, "One model", (*call).oneModel, nil, ModelObject{}, nil},
		{"DELETE", "/v1/models/{id...}", ScopeAdmin, "Unload an adapter", (*call).deleteModel, nil, Deleted{}, nil},
		{"POST", "/v1/chat/completions", ScopeInfer, "Answer a conversation", (*call).chat, ChatRequest{}, ChatCompletion{}, ChatChunk{}},
		{"POST", "/v1/completions", ScopeInfer, "Go on with a text", (*call).completion, CompletionRequest{}, Completion{}, Completion{}},
		{"POST", "/v1/embeddings", ScopeInfer, "Texts as vectors: the mean of the final hidden states", (*call).embeddings, EmbeddingRequest{}, Embeddings{}, nil},

		{"POST", "/v1/files", ScopeTune, "Upload a file (multipart/form-data: file, purpose)", (*call).upload, nil, FileObject{}, nil},
		{"GET", "/v1/files", ScopeTune, "Uploaded files, the newest first", (*call).listFiles, nil, List[FileObject]{}, nil},
		{"GET", "/v1/files/{id}", ScopeTune, "One file", (*call).oneFile, nil, FileObject{}, nil},
		{"GET", "/v1/files/{id}/content", ScopeTune, "The bytes of a file", (*call).fileContent, nil, nil, nil},
		{"DELETE", "/v1/files/{id}", ScopeTune, "Delete a file", (*call).deleteFile, nil, Deleted{}, nil},

		{"POST", "/v1/fine_tuning/jobs", ScopeTune, "Fine-tune a model", (*call).createJob, JobRequest{}, JobObject{}, nil},
		{"GET", "/v1/fine_tuning/jobs", ScopeTune, "Fine-tuning jobs, the newest first", (*call).listJobs, nil, List[JobObject]{}, nil},
		{"GET", "/v1/fine_tuning/jobs/{id}", ScopeTune, "One job", (*call).oneJob, nil, JobObject{}, nil},
		{"POST", "/v1/fine_tuning/jobs/{id}/cancel", ScopeTune, "End a job", (*call).cancelJob, nil, JobObject{}, nil},
		{"POST", "/v1/fine_tuning/jobs/{id}/pause", ScopeTune, "Stop a job for a while", (*call).pauseJob, nil, JobObject{}, nil},
		{"POST", "/v1/fine_tuning/jobs/{id}/resume", ScopeTune, "Go on with a job where it stopped", (*call).resumeJob, nil, JobObject{}, nil},
		{"GET", "/v1/fine_tuning/jobs/{id}/events", ScopeTune, "What happened in a job, the newest first", (*call).jobEvents, nil, List[JobEvent]{}, nil},
		{"GET", "/v1/fine_tuning/jobs/{id}/checkpoints", ScopeTune, "Models from the middle of a job, the newest first", (*call).jobCheckpoints, nil, List[JobCheckpoint]{}, nil},

		{"POST", "/v1/load_lora_adapter", ScopeAdmin, "Load an adapter", (*call).loadAdapter, LoadAdapterRequest{}, AdapterObject{}, nil},
		{"POST", "/v1/unload_lora_adapter", ScopeAdmin, "Unload an adapter", (*call).unloadAdapter, UnloadAdapterRequest{}, Deleted{}, nil},
		{"GET", "/v1/openlora/adapters", ScopeRead, "Adapters and how they are used", (*call).listAdapters, nil, List[AdapterObject]{}, nil},

		{"GET", "/v1/openledger/receipts/{id}", ScopeInfer, "The receipt of an answer, by the answer's id", (*call).receipt, nil, ReceiptObject{}, nil},
		{"GET", "/v1/attributions/{id}", ScopeInfer, "Whose data made an answer", (*call).attribution, nil, nil, nil},
		{"GET", "/v1/attributions/{id}/proof", ScopeInfer, "What recomputing an attribution needs", (*call).proof, nil, nil, nil},
	}
}
