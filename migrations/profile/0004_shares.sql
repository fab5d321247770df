-- What each device may spend of a limit while it cannot see what the others spend. The provider '' stands for the limit of
-- all of them together, as in quotas.
CREATE TABLE quota_shares (
    provider   TEXT NOT NULL,
    device     TEXT NOT NULL,
    characters INTEGER CHECK (characters >= 0),
    microusd   INTEGER CHECK (microusd >= 0),
    set_at     INTEGER NOT NULL,
    PRIMARY KEY (provider, device)
) STRICT;

-- Which entry of a provider's history stands for which call: each for one at most.
CREATE INDEX ledger_requests ON ledger (provider, request_id) WHERE request_id IS NOT NULL;
