import type { Files } from '../../harness/files.js';

/** A program and its migration by a person: what is said of runs and verdicts does not depend on what the tool can do. */
export interface ByHand {
  readonly before: Files;
  readonly after: Files;
}

const program = (main: string): Files =>
  new Map([
    ['requirements.txt', 'anthropic~=0.39.0\n'],
    ['main.py', main],
  ]);

/** A system text, a stop sequence, a sampling parameter and a stop reason. */
export const WITH_SDK: ByHand = {
  before: program(`import anthropic

SYSTEM = "You answer in one word."
client = anthropic.Anthropic()

response = client.completions.create(
    model="claude-instant-1.2",
    max_tokens_to_sample=100,
    temperature=0.2,
    prompt=f"{SYSTEM}{anthropic.HUMAN_PROMPT} What is said here? [[say: Rain ### and snow]]{anthropic.AI_PROMPT}",
    stop_sequences=[anthropic.HUMAN_PROMPT, "###"],
)
print(response.completion.strip(), response.stop_reason != "max_tokens")
`),
  after: program(`import anthropic

SYSTEM = "You answer in one word."
client = anthropic.Anthropic()

response = client.messages.create(
    model="claude-haiku-4-5",
    max_tokens=100,
    temperature=0.2,
    system=SYSTEM,
    messages=[{"role": "user", "content": "What is said here? [[say: Rain ### and snow]]"}],
    stop_sequences=["###"],
)
print("".join(block.text for block in response.content if block.type == "text").strip(), response.stop_reason != "max_tokens")
`),
};

/** A library that reads no address from the environment. */
export const WITH_REQUESTS: ByHand = {
  before: program(`import requests

headers = {"x-api-key": "k", "anthropic-version": "2023-06-01"}
body = {"model": "claude-2", "prompt": "\\n\\nHuman: Why is the sky blue?\\n\\nAssistant:", "max_tokens_to_sample": 256}
print(requests.post("https://api.anthropic.com/v1/complete", headers=headers, json=body).json()["completion"])
`),
  after: program(`import requests

headers = {"x-api-key": "k", "anthropic-version": "2023-06-01"}
body = {"model": "claude-sonnet-4-6", "messages": [{"role": "user", "content": "Why is the sky blue?"}], "max_tokens": 256}
answer = requests.post("https://api.anthropic.com/v1/messages", headers=headers, json=body).json()
print("".join(block["text"] for block in answer["content"] if block["type"] == "text"))
`),
};

/** AWS's client, whose answers and streams are its own. */
export const WITH_BOTO3: ByHand = {
  before: program(`import json

import boto3

bedrock = boto3.client("bedrock-runtime", region_name="us-east-1")
body = json.dumps({"prompt": "\\n\\nHuman: What is a glacier?\\n\\nAssistant:", "max_tokens_to_sample": 300, "top_k": 250})
response = bedrock.invoke_model(modelId="anthropic.claude-v2", body=body)
print(json.loads(response["body"].read())["completion"])
for event in bedrock.invoke_model_with_response_stream(modelId="anthropic.claude-v2", body=body)["body"]:
    print(json.loads(event["chunk"]["bytes"])["completion"], end="")
`),
  after: program(`import json

import boto3

bedrock = boto3.client("bedrock-runtime", region_name="us-east-1")
messages = [{"role": "user", "content": "What is a glacier?"}]
body = json.dumps({"anthropic_version": "bedrock-2023-05-31", "messages": messages, "max_tokens": 300, "top_k": 250})
response = bedrock.invoke_model(modelId="anthropic.claude-sonnet-4-6", body=body)
print("".join(block["text"] for block in json.loads(response["body"].read())["content"] if block["type"] == "text"))
for event in bedrock.invoke_model_with_response_stream(modelId="anthropic.claude-sonnet-4-6", body=body)["body"]:
    chunk = json.loads(event["chunk"]["bytes"])
    if chunk["type"] == "content_block_delta" and chunk["delta"]["type"] == "text_delta":
        print(chunk["delta"]["text"], end="")
`),
};
