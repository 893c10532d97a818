"""From what the rules found to what people are told. Pure: the same alerts and memory, the same decisions.

found by the rules, and what happened and still waits
  -> discovery        is it more than chance brings, beside all that was found?
  -> repetition       was it told before, and is there anything new about it?
  -> escalation       was it told long ago, and is it for other people now?
  -> acknowledgement  does a person take care of it?
  -> inhibition       does another alert explain it?
  -> silencing        did a person ask for silence?
  -> quiet            is it night?
  -> grouping         what has one cause goes into one message
  -> budget           is there room in this hour?
  -> resolution       what is not so any more?
  -> decisions, messages, and the memory of the next look
"""
