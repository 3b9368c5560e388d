package influence

import "strings"

// Names of the matrices of a LoRA, as PEFT has them.
const (
	prefix = "base_model.model."
	partA  = ".lora_A.weight"
	partB  = ".lora_B.weight"
)

// Around returns the names of the values that a LoRA matrix reads and of the
// gradient of what it writes, for NewExamples to keep: (positions, columns) and
// (positions, rows) of the matrix.
func Around(param string) (reads, writes string) {
	name := strings.TrimPrefix(param, prefix)
	if module, ok := strings.CutSuffix(name, partB); ok {
		return module + ".lora_A scaled", module + " gradient"
	}
	module := strings.TrimSuffix(name, partA)
	block := module[:strings.LastIndex(module[:strings.LastIndex(module, ".")], ".")+1]
	switch module[strings.LastIndex(module, ".")+1:] {
	case "q_proj", "k_proj", "v_proj":
		reads = block + "input_layernorm"
	case "o_proj":
		reads = block + "self_attn"
	case "gate_proj", "up_proj":
		reads = block + "post_attention_layernorm"
	case "down_proj":
		reads = block + "mlp.act"
	}
	return reads, module + ".lora_A gradient"
}
