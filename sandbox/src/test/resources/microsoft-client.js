// node test.js ORGANIZATION-URL PAT: what Countersign does, done by Microsoft's own client
const assert = require('assert');
const azdev = require('azure-devops-node-api');

async function main() {
  const [url, pat] = process.argv.slice(2);
  const api = new azdev.WebApi(url, azdev.getPersonalAccessTokenHandler(pat));
  const wit = await api.getWorkItemTrackingApi();
  const title = { op: 'add', path: '/fields/System.Title', value: 'By Microsoft' };
  const made = await wit.createWorkItem({}, [title], 'Fabrikam', 'Requirement');
  assert.strictEqual(made.rev, 1);

  const to = [
    { op: 'test', path: '/rev', value: 1 },
    { op: 'add', path: '/fields/System.State', value: 'Active' },
  ];
  const changed = await wit.updateWorkItem({}, to, made.id);
  assert.strictEqual(changed.rev, 2);
  assert.strictEqual(changed.fields['System.State'], 'Active');
  await assert.rejects(wit.updateWorkItem({}, to, made.id), (error) => {
    assert.strictEqual(error.statusCode, 412);
    assert.strictEqual(error.result.typeKey, 'TestPatchOperationFailedException');
    return true;
  });

  const comment = await wit.addComment({ text: 'hello' }, 'Fabrikam', made.id);
  assert.strictEqual(comment.text, 'hello');
  const updates = await wit.getUpdates(made.id);
  assert.deepStrictEqual(updates.map((update) => update.id), [1, 2, 3]);
  const states = await wit.getWorkItemTypeStates('Fabrikam', 'Requirement');
  assert.strictEqual(states.length, 9);
  const query = { query: "SELECT [System.Id] FROM WorkItems WHERE [System.State] = 'Active'" };
  const found = await wit.queryByWiql(query, { project: 'Fabrikam' });
  assert.deepStrictEqual(found.workItems.map((item) => item.id), [made.id]);
  assert.strictEqual(await wit.getWorkItem(4711), null);

  const core = await api.getCoreApi();
  const begun = await core.queueCreateProject({
    name: 'Tailwind',
    visibility: 0,
    capabilities: {
      versioncontrol: { sourceControlType: 'Git' },
      processTemplate: { templateTypeId: 'adcc42ab-9882-485e-a3ed-7678f01f66bc' },
    },
  });
  const operation = `${url}/_apis/operations/${begun.id}`;
  for (let polls = 0; (await api.rest.get(operation)).result.status !== 'succeeded'; polls++) {
    assert.ok(polls < 200, 'the project is not made in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  let project = null;
  for (let polls = 0; !project; polls++) {
    assert.ok(polls < 200, 'the project cannot be read in time');
    project = await core.getProject('Tailwind', true);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.strictEqual(project.capabilities.processTemplate.templateName, 'Agile');
  console.log('ok');
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
