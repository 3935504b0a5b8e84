package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	height = 8
	full   = 1 << height
)

// folder is a log in C2SP layout: as Go's, without the height in the names of tiles.
type folder string

func nameOf(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
}

func (f folder) Height() int { return height }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(filepath.Join(string(f), filepath.FromSlash(nameOf(tile))))
		if err != nil {
			return nil, err
		}
		if len(data) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s has %d bytes", nameOf(tile), len(data))
		}
		all = append(all, data)
	}
	return all, nil
}

// SaveTiles keeps nothing: the tiles are already here.
func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

// entries reads one bundle: for each entry two bytes of length, and its own.
func (f folder) entries(bundle int64, count int) ([][]byte, error) {
	tile := tlog.Tile{H: height, L: -1, N: bundle, W: count}
	name := strings.Replace(nameOf(tile), "tile/data/", "tile/entries/", 1)
	rest, err := os.ReadFile(filepath.Join(string(f), filepath.FromSlash(name)))
	if err != nil {
		return nil, err
	}
	var all [][]byte
	for len(rest) >= 2 {
		length := int(binary.BigEndian.Uint16(rest))
		if length > len(rest)-2 {
			break
		}
		all = append(all, rest[2:2+length])
		rest = rest[2+length:]
	}
	if len(all) != count || len(rest) != 0 {
		return nil, fmt.Errorf("%s does not hold %d entries", name, count)
	}
	return all, nil
}

// parseProof reads a .tlog-proof file: a header, perhaps a line of extra data, the index, the
// path, an empty line, the checkpoint.
func parseProof(text string) (int64, tlog.RecordProof, []byte, error) {
	head, checkpoint, found := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" {
		return 0, nil, nil, fmt.Errorf("not a tlog-proof")
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return 0, nil, nil, fmt.Errorf("the index is missing")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64)
	if err != nil {
		return 0, nil, nil, err
	}
	var path tlog.RecordProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return 0, nil, nil, err
		}
		path = append(path, hash)
	}
	return index, path, []byte(checkpoint), nil
}
