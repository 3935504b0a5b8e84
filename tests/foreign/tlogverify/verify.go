package main

import (
	"bytes"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/tlog"
)

// hashes are those of all nodes, computed from the entries, in the order tlog stores them.
type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, index := range indexes {
		found = append(found, h[index])
	}
	return found, nil
}

// verifyTree computes root and tiles from the entries. A TileHashReader alone would not do for
// that: of x/mod 0.7.0 it passes over some full tiles when one tile holds several subtrees' roots.
func verifyTree(f folder, tree tlog.Tree) error {
	computed, err := f.hashes(tree.N)
	if err != nil {
		return err
	}
	root, err := tlog.TreeHash(tree.N, computed)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return blame(f, tree, computed)
	}
	fmt.Println("entries: lead to the signed root")
	for _, tile := range tilesOf(tree.N) {
		right, err := tlog.ReadTileData(tile, computed)
		if err != nil {
			return err
		}
		published, err := f.ReadTiles([]tlog.Tile{tile})
		if err != nil {
			return err
		}
		if !bytes.Equal(right, published[0]) {
			return fmt.Errorf("%s does not follow from the entries", nameOf(tile))
		}
	}
	fmt.Println("tiles: follow from the entries")
	return verifyInclusion(f, tree, computed)
}

// tilesOf names all tiles of a log, the lowest level first.
func tilesOf(size int64) []tlog.Tile {
	var all []tlog.Tile
	for level := 0; size > 0; level++ {
		for first := int64(0); first < size; first += full {
			width := full
			if size-first < full {
				width = int(size - first)
			}
			all = append(all, tlog.Tile{H: height, L: level, N: first / full, W: width})
		}
		size >>= height
	}
	return all
}

// hashes reads all entries.
func (f folder) hashes(size int64) (hashes, error) {
	var computed hashes
	for first := int64(0); first < size; first += full {
		count := full
		if size-first < full {
			count = int(size - first)
		}
		entries, err := f.entries(first/full, count)
		if err != nil {
			return nil, err
		}
		for i, entry := range entries {
			more, err := tlog.StoredHashesForRecordHash(first+int64(i), tlog.RecordHash(entry), computed)
			if err != nil {
				return nil, err
			}
			computed = append(computed, more...)
		}
	}
	return computed, nil
}

// blame names the first entry that is not the one whose leaf is published.
func blame(f folder, tree tlog.Tree, computed hashes) error {
	for _, tile := range tilesOf(tree.N) {
		published, err := f.ReadTiles([]tlog.Tile{tile})
		if err != nil || tile.L != 0 {
			continue
		}
		for i := 0; i < tile.W; i++ {
			index := tile.N<<height + int64(i)
			leaf := computed[tlog.StoredHashIndex(0, index)]
			if !bytes.Equal(leaf[:], published[0][i*tlog.HashSize:(i+1)*tlog.HashSize]) {
				return fmt.Errorf("entry %d is not what was sealed", index)
			}
		}
	}
	return fmt.Errorf("the entries do not lead to the signed root")
}

// verifyInclusion proves the first, the last and one entry of each bundle over the tiles.
func verifyInclusion(f folder, tree tlog.Tree, computed hashes) error {
	indexes := []int64{0, tree.N - 1}
	for index := int64(full - 1); index < tree.N; index += full {
		indexes = append(indexes, index)
	}
	for _, index := range indexes {
		proof, err := tlog.ProveRecord(tree.N, index, tlog.TileHashReader(tree, f))
		if err != nil {
			return fmt.Errorf("entry %d: %w", index, err)
		}
		leaf := computed[tlog.StoredHashIndex(0, index)]
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf); err != nil {
			return fmt.Errorf("entry %d: %w", index, err)
		}
	}
	fmt.Printf("inclusion: %d proofs over the tiles hold\n", len(indexes))
	return nil
}

func (l *log) verifyGrowth(f folder, tree tlog.Tree, kept string) error {
	text, err := os.ReadFile(kept)
	if err != nil {
		return err
	}
	older, err := l.open(text)
	if err != nil {
		return fmt.Errorf("%s: %w", kept, err)
	}
	if older.N > tree.N {
		return fmt.Errorf("the log has %d entries and had %d", tree.N, older.N)
	}
	if older.N > 0 {
		proof, err := tlog.ProveTree(tree.N, older.N, tlog.TileHashReader(tree, f))
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash); err != nil {
			return fmt.Errorf("the log did not grow from %s: %w", kept, err)
		}
	}
	fmt.Printf("growth: the consistency proof from %d entries holds\n", older.N)
	return nil
}
