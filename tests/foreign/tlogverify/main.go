// Command tlogverify verifies a log of Countersign with code that is not ours: signatures, tiles
// and proofs are checked by golang.org/x/mod, the client of the Go checksum database. Only the
// reading of files is written here.
//
//	tlogverify -vkey KEY|FILE [-older CHECKPOINT] FOLDER
//	tlogverify -vkey KEY|FILE -entry N.entry -proof N.tlog-proof
//
// FOLDER is what "countersign audit export --tiles" writes. It ends with 0 when all holds, with 1
// and one line when something does not, and with 2 when the command line is not valid.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	vkey := flag.String("vkey", "", "verifier key of the log, or a file with it")
	older := flag.String("older", "", "a checkpoint you kept: the log must have grown from it")
	entry := flag.String("entry", "", "bytes of one entry")
	proof := flag.String("proof", "", "proof that this entry is in the log (.tlog-proof)")
	flag.Parse()

	single := *entry != "" && *proof != "" && *older == "" && flag.NArg() == 0
	whole := *entry == "" && *proof == "" && flag.NArg() == 1
	if *vkey == "" || !single && !whole {
		flag.Usage()
		os.Exit(2)
	}
	log, err := newLog(*vkey)
	if err == nil && single {
		err = log.verifyEntry(*entry, *proof)
	} else if err == nil {
		err = log.verifyFolder(flag.Arg(0), *older)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "tlogverify:", err)
		os.Exit(1)
	}
}

// log is who signs.
type log struct {
	verifier note.Verifier
}

func newLog(vkey string) (*log, error) {
	if text, err := os.ReadFile(vkey); err == nil {
		vkey = strings.TrimSpace(string(text))
	}
	verifier, err := note.NewVerifier(vkey)
	return &log{verifier}, err
}

// open verifies the signature of a checkpoint and says what it states.
func (l *log) open(checkpoint []byte) (tlog.Tree, error) {
	signed, err := note.Open(checkpoint, note.VerifierList(l.verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.SplitN(signed.Text, "\n", 4)
	if len(lines) < 4 || lines[0] != l.verifier.Name() {
		return tlog.Tree{}, errors.New("not a checkpoint of " + l.verifier.Name())
	}
	var tree tlog.Tree
	if _, err := fmt.Sscanf(lines[1], "%d", &tree.N); err != nil || fmt.Sprint(tree.N) != lines[1] {
		return tlog.Tree{}, errors.New("the checkpoint has no size")
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, err
}

func (l *log) verifyEntry(entryFile, proofFile string) error {
	entry, err := os.ReadFile(entryFile)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(proofFile)
	if err != nil {
		return err
	}
	index, path, checkpoint, err := parseProof(string(text))
	if err != nil {
		return fmt.Errorf("%s: %w", proofFile, err)
	}
	tree, err := l.open(checkpoint)
	if err != nil {
		return fmt.Errorf("checkpoint of %s: %w", proofFile, err)
	}
	if err := tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
		return fmt.Errorf("entry %d: %w", index, err)
	}
	fmt.Printf("entry %d is in the log of %s, under %d entries\n", index, l.verifier.Name(), tree.N)
	return nil
}

func (l *log) verifyFolder(path, older string) error {
	checkpoint, err := os.ReadFile(filepath.Join(path, "checkpoint"))
	if err != nil {
		return err
	}
	tree, err := l.open(checkpoint)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	fmt.Printf("checkpoint of %s: signed, %d entries\n", l.verifier.Name(), tree.N)
	if tree.N > 0 {
		if err := verifyTree(folder(path), tree); err != nil {
			return err
		}
	}
	if older == "" {
		fmt.Println("not checked: that it grew from a checkpoint you kept (-older)")
		return nil
	}
	return l.verifyGrowth(folder(path), tree, older)
}
