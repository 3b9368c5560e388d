package tokenizer

// Text returns the bytes that a token adds to a text it does not begin. They may
// be a part of a character. The text of an id that is not in use is empty.
func (t *Tokenizer) Text(id int32) string {
	if id < 0 || int(id) >= len(t.decode.ends) || !t.file.model.tokens[id].present {
		return ""
	}
	return t.decode.of(id)
}
