// Verifies one entry of a Countersign log with sigstore-js: the checkpoint's signature and the
// path from the entry to the signed root. Only the reading of files is written here.
//
//   npm ci && node verify.js VKEY-FILE N.entry N.tlog-proof
//
// sigstore-js wants a Sigstore bundle at its public door; the two functions behind it that verify a
// transparency log take any, and are called directly. Hence the exact version in package.json.
'use strict';

const { createPublicKey } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { verifyCheckpoint } = require('@sigstore/verify/dist/tlog/checkpoint.js');
const { verifyMerkleInclusion } = require('@sigstore/verify/dist/tlog/merkle.js');

// What stands before a raw Ed25519 key in DER.
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

function logOf(vkey) {
  const [name, id, ...rest] = vkey.trim().split('+');
  const typed = Buffer.from(rest.join('+'), 'base64');
  if (typed.length !== 33 || typed[0] !== 1) {
    throw new Error('not a verifier key of type Ed25519');
  }
  const der = Buffer.concat([SPKI, typed.subarray(1)]);
  return {
    name,
    logID: Buffer.from(id, 'hex'),
    baseURL: name,
    publicKey: createPublicKey({ key: der, format: 'der', type: 'spki' }),
  };
}

function proofOf(text) {
  const end = text.indexOf('\n\n');
  const lines = text.slice(0, end).split('\n');
  if (end < 0 || lines.shift() !== 'c2sp.org/tlog-proof@v1') {
    throw new Error('not a tlog-proof');
  }
  if (lines[0].startsWith('extra ')) {
    lines.shift();
  }
  const index = /^index (\d+)$/.exec(lines.shift());
  if (index === null) {
    throw new Error('the index is missing');
  }
  return {
    logIndex: index[1],
    hashes: lines.map((line) => Buffer.from(line, 'base64')),
    checkpoint: { envelope: text.slice(end + 2) },
  };
}

function verify(vkey, entry, proof) {
  const log = logOf(readFileSync(vkey, 'utf8'));
  const inclusionProof = proofOf(readFileSync(proof, 'utf8'));
  const body = { canonicalizedBody: readFileSync(entry), inclusionProof };
  const checkpoint = verifyCheckpoint(body, [log]);
  if (checkpoint.origin !== log.name) {
    throw new Error('the checkpoint is of ' + checkpoint.origin);
  }
  verifyMerkleInclusion(body, checkpoint);
  return `entry ${inclusionProof.logIndex} is in the log of ${log.name}, under ${checkpoint.logSize} entries`;
}

if (process.argv.length !== 5) {
  console.error('verify.js VKEY-FILE N.entry N.tlog-proof');
  process.exit(2);
}
try {
  console.log(verify(...process.argv.slice(2)));
} catch (error) {
  console.error('verify.js: ' + error.message);
  process.exit(1);
}
