#!lua name=softmax_playground
-- Everything that changes a shared record, each function one atomic step. The only place that writes.
-- keys[1] is the prefix of all keys:
--   run:<id>    hash: spec, owner, place, status, pace, pause_at, detail, change, fence, worker, newest, fingerprint, …
--   costs:<id>  every cost as a raw float64      kept:<id>  kept states by epoch      orders:<id>  unanswered orders
--   queue       runs without a worker            inhand     runs that have not ended, by when they were last touched
--   owned       runs in hand of each account      needed     bytes set aside for each  totals       reserved and kept
--   ended       ended runs by their end          sizes      bytes of each             answer:<t>   outcome of an order
--   workers     workers by the end of their lease           slots      processes of each   holds:<worker>  its runs
-- Channels: bell (there is work), news (these runs have changed), worker:<id> (an order), web:<id> (an answer).
-- A write names the run's fence, a number that every change of hands raises: who has lost a run cannot write to it.

local DAY = 86400
local ENDINGS = { finished = true, stopped = true, failed = true }
local OBJECTS = 8000
local MOST_LOSSES = 5
local SLACK = 8

local function now()
  local time = redis.call('TIME')
  return tonumber(time[1]) + tonumber(time[2]) / 1e6
end

local function linger(p, ...)
  for _, key in ipairs({ ... }) do redis.call('EXPIRE', p .. key, 2 * DAY) end
end

local function touch(p, id)
  for _, key in ipairs({ 'run:', 'costs:', 'kept:', 'orders:' }) do redis.call('EXPIRE', p .. key .. id, DAY) end
end

-- To take it away write 0 - number(…): Lua has a -0, and Redis no integer of that name.
local function number(key, field)
  return tonumber(redis.call('HGET', key, field) or 0) or 0
end

-- The run leaves the books of runs in hand; false where it was not there.
local function let_go(p, id)
  if redis.call('ZREM', p .. 'inhand', id) == 0 then return false end
  redis.call('HINCRBY', p .. 'totals', 'reserved', 0 - number(p .. 'needed', id))
  redis.call('HDEL', p .. 'needed', id)
  redis.call('LREM', p .. 'queue', 0, id)
  for _, owner in ipairs(redis.call('HMGET', p .. 'run:' .. id, 'owner', 'place')) do
    if owner and owner ~= '' and redis.call('HINCRBY', p .. 'owned', owner, -1) <= 0 then
      redis.call('HDEL', p .. 'owned', owner)
    end
  end
  local worker = redis.call('HGET', p .. 'run:' .. id, 'worker')
  if worker then redis.call('SREM', p .. 'holds:' .. worker, id) end
  return true
end

local function forget(p, id)
  let_go(p, id)
  redis.call('ZREM', p .. 'ended', id)
  redis.call('HINCRBY', p .. 'totals', 'kept', 0 - number(p .. 'sizes', id))
  redis.call('HDEL', p .. 'sizes', id)
  redis.call('DEL', p .. 'run:' .. id, p .. 'costs:' .. id, p .. 'kept:' .. id, p .. 'orders:' .. id)
  redis.call('PUBLISH', p .. 'news', id)
end

local function answer(p, ticket, web, words)
  redis.call('SET', p .. 'answer:' .. ticket, words, 'EX', 60)
  redis.call('PUBLISH', p .. 'web:' .. web, ticket .. ' ' .. words)
end

local function size(p, id)
  local rows = redis.call('ZRANGE', p .. 'kept:' .. id, 0, 0)
  local row = rows[1] and #rows[1] + 100 or 0
  return OBJECTS + redis.call('STRLEN', p .. 'costs:' .. id) + row * redis.call('ZCARD', p .. 'kept:' .. id)
    + redis.call('HSTRLEN', p .. 'run:' .. id, 'spec') + redis.call('HSTRLEN', p .. 'run:' .. id, 'newest')
end

-- Close the books on a run that is over; orders that came too late are answered.
local function conclude(p, id)
  if not let_go(p, id) then return end
  local bytes = size(p, id)
  redis.call('ZADD', p .. 'ended', now(), id)
  redis.call('HSET', p .. 'sizes', id, bytes)
  redis.call('HINCRBY', p .. 'totals', 'kept', bytes)
  for _, entry in ipairs(redis.call('LRANGE', p .. 'orders:' .. id, 0, -1)) do
    local order = cjson.decode(entry)
    answer(p, order.ticket, order.web, 'the run has ended in the meantime')
  end
  redis.call('DEL', p .. 'orders:' .. id)
  touch(p, id)
  linger(p, 'ended', 'sizes', 'totals')
end

local function set_status(p, id, status, pace, detail)
  local run = p .. 'run:' .. id
  local before = redis.call('HMGET', run, 'status', 'pace', 'detail')
  if before[1] ~= status or before[2] ~= pace or before[3] ~= detail then
    redis.call('HINCRBY', run, 'change', 1)
    redis.call('HSET', run, 'status', status, 'pace', pace, 'detail', detail)
  end
  if ENDINGS[status] then conclude(p, id) end
end

-- Put a run back where the next worker finds it. Whoever had it can write no more.
local function requeue(p, id)
  local run = p .. 'run:' .. id
  redis.call('HINCRBY', run, 'fence', 1)
  redis.call('HDEL', run, 'worker')
  redis.call('LREM', p .. 'queue', 0, id)
  redis.call('LPUSH', p .. 'queue', id)
  linger(p, 'queue')
end

-- A worker has died with this run in hand; a run that never rests and stays where it is is held to be the cause.
local function lost(p, id)
  local run = p .. 'run:' .. id
  local known = redis.call('HMGET', run, 'lost_at', 'losses', 'status', 'pace')
  local have = redis.call('STRLEN', p .. 'costs:' .. id) / 8
  local stuck = tonumber(known[1] or -1) == have and known[3] ~= 'paused' and known[4] == ''
  local losses = stuck and tonumber(known[2]) + 1 or 1
  redis.call('HSET', run, 'lost_at', have, 'losses', losses)
  requeue(p, id)
  if losses < MOST_LOSSES then return end
  local at = math.max(0, have - 1)
  local words = MOST_LOSSES .. ' workers in a row died while they trained this run at epoch ' .. at
  set_status(p, id, 'failed', known[4], cjson.encode({ code = 'died', count = MOST_LOSSES, at = at, detail = words }))
  redis.call('PUBLISH', p .. 'news', id)
end

local function dismiss(p, worker, each)
  for _, id in ipairs(redis.call('SMEMBERS', p .. 'holds:' .. worker)) do each(p, id) end
  redis.call('DEL', p .. 'holds:' .. worker)
  redis.call('ZREM', p .. 'workers', worker)
  redis.call('HDEL', p .. 'slots', worker)
  redis.call('PUBLISH', p .. 'bell', '')
end

local function sweep(p, most_bytes)
  local old = now() - DAY
  for _, index in ipairs({ 'ended', 'inhand' }) do
    for _, id in ipairs(redis.call('ZRANGEBYSCORE', p .. index, '-inf', old, 'LIMIT', 0, 100)) do forget(p, id) end
  end
  while number(p .. 'totals', 'reserved') + number(p .. 'totals', 'kept') > most_bytes do
    local oldest = redis.call('ZRANGE', p .. 'ended', 0, 0)[1]
    if not oldest then return end
    forget(p, oldest)
  end
end
