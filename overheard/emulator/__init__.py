"""A strict Slack on this machine: what it takes, Slack takes; what it refuses, Slack was seen or is said to refuse.

    server       the HTTP server, with its switches; start here
    handler      HTTP requests to methods, webhooks, uploads, faults
    methods      the table of Web API methods: scope, rate, function     chat conversations files views
    content      what a message may hold as a whole                      block_kit/  what each block may hold
    socket_mode  buttons and slash commands over a web socket            interactions  their payloads, signatures
    workspace    channels, messages, files, people                       journal  all of it as JSON lines
    mrkdwn       everything in a message that would notify or link       rendering  a message as terminal text

Sources of the limits: Slack's reference of Block Kit and of the Web API's methods. Where it is silent, the strictest
limit that anybody has met is kept (`overheard.emulator.block_kit.sizes`); where two sources differ, the stricter one.
"""
