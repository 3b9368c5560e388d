package devnet

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// ask streams a completion from OpenAI's API of a peer, as curl would, and shows
// it as it comes.
func (d *Demo) ask(ctx context.Context, p *Peer, model, prompt string) error {
	body, err := json.Marshal(map[string]any{"model": model, "prompt": prompt, "max_tokens": 48, "temperature": 0.7, "seed": 1, "stream": true})
	if err != nil {
		return err
	}
	url := "http://" + p.API + "/v1/completions"
	fmt.Fprintf(d.Out, "   $ curl -N %s -d %s\n      %s", url, quoted([]string{string(body)})[0], strings.TrimSpace(prompt))
	response, err := d.post(ctx, url, body)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	n := 0
	for events := bufio.NewScanner(response.Body); ; {
		if !events.Scan() {
			return errors.Join(errors.New("the answer broke off"), events.Err())
		}
		data, ok := strings.CutPrefix(events.Text(), "data: ")
		if !ok {
			continue
		}
		if data == "[DONE]" {
			break
		}
		var chunk struct {
			Choices []struct{ Text string }
			Error   *struct{ Message string }
		}
		if err := json.Unmarshal([]byte(data), &chunk); err != nil {
			return fmt.Errorf("the answer holds %q: %w", data, err)
		}
		if chunk.Error != nil {
			return errors.New(chunk.Error.Message)
		}
		for _, c := range chunk.Choices {
			n += len(c.Text)
			fmt.Fprint(d.Out, strings.ReplaceAll(c.Text, "\n", "\n      "))
		}
	}
	fmt.Fprintln(d.Out)
	if n == 0 {
		return errors.New("the answer is empty")
	}
	return nil
}

// patience is how long workers may take to be known for what they serve.
const patience = 2 * time.Minute

// post asks until there is an answer: 503 says that no worker is known yet, and
// clients of OpenAI try again, too.
func (d *Demo) post(ctx context.Context, url string, body []byte) (*http.Response, error) {
	for begun := time.Now(); ; {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
		if err != nil {
			return nil, err
		}
		r.Header.Set("Content-Type", "application/json")
		response, err := http.DefaultClient.Do(r)
		if err != nil || response.StatusCode == http.StatusOK {
			return response, err
		}
		text, err := io.ReadAll(io.LimitReader(response.Body, 1<<16))
		response.Body.Close()
		if response.StatusCode != http.StatusServiceUnavailable || time.Since(begun) > patience {
			return nil, errors.Join(fmt.Errorf("the API answers %s: %s", response.Status, text), err)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(time.Second):
		}
	}
}
