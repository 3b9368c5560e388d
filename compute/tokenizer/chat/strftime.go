package chat

import (
	"fmt"
	"strings"
	"time"
)

// strftimeNow writes the time of the render as C's strftime does in the C locale.
func strftimeNow(r *run, _ value, p []value) (value, error) {
	format, err := stringParam(p, 0, "")
	if err != nil {
		return nil, err
	}
	if len(format) > 1000 {
		return nil, fmt.Errorf("the format is longer than 1000 bytes")
	}
	if err := r.step(len(format)); err != nil {
		return nil, err
	}
	return r.text(strftime(r.now, format))
}

// strftimeLayouts are the directives that Go's time package has a layout for.
var strftimeLayouts = map[byte]string{
	'a': "Mon", 'A': "Monday", 'b': "Jan", 'B': "January", 'c': "Mon Jan _2 15:04:05 2006", 'd': "02", 'D': "01/02/06",
	'e': "_2", 'F': "2006-01-02", 'h': "Jan", 'H': "15", 'I': "03", 'j': "002", 'm': "01", 'M': "04", 'p': "PM",
	'r': "03:04:05 PM", 'R': "15:04", 'S': "05", 'T': "15:04:05", 'x': "01/02/06", 'X': "15:04:05", 'y': "06",
	'Y': "2006", 'z': "-0700", 'Z': "MST",
}

func strftime(t time.Time, format string) string {
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 == len(format) {
			b.WriteByte(format[i])
			continue
		}
		i++
		bare := format[i] == '-' && i+1 < len(format) // %-d: without padding
		if bare {
			i++
		}
		text := strftimeField(t, format[i])
		if trimmed := strings.TrimLeft(text, "0 "); bare && trimmed != "" {
			text = trimmed
		} else if bare && text != "" {
			text = text[len(text)-1:]
		}
		b.WriteString(text)
	}
	return b.String()
}

func strftimeField(t time.Time, directive byte) string {
	if layout, ok := strftimeLayouts[directive]; ok {
		return t.Format(layout)
	}
	year, week := t.ISOWeek()
	switch directive {
	case 'C':
		return fmt.Sprintf("%02d", t.Year()/100)
	case 'f':
		return fmt.Sprintf("%06d", t.Nanosecond()/1000)
	case 'G':
		return fmt.Sprint(year)
	case 'k':
		return fmt.Sprintf("%2d", t.Hour())
	case 'l':
		return fmt.Sprintf("%2d", (t.Hour()+11)%12+1)
	case 'n':
		return "\n"
	case 's':
		return fmt.Sprint(t.Unix())
	case 't':
		return "\t"
	case 'u':
		return fmt.Sprint((int(t.Weekday())+6)%7 + 1)
	case 'U': // weeks that begin on Sunday
		return fmt.Sprintf("%02d", (t.YearDay()+6-int(t.Weekday()))/7)
	case 'V':
		return fmt.Sprintf("%02d", week)
	case 'w':
		return fmt.Sprint(int(t.Weekday()))
	case 'W': // weeks that begin on Monday
		return fmt.Sprintf("%02d", (t.YearDay()+6-(int(t.Weekday())+6)%7)/7)
	case '%':
		return "%"
	}
	return "%" + string(rune(directive))
}
