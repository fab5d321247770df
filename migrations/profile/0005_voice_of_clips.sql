-- Who spoke instead of whom, taken out of the receipt, so that a list can say it without reading receipts. None when the
-- voice that was asked for spoke.
ALTER TABLE clips ADD COLUMN instead TEXT CHECK (json_valid(instead));
UPDATE clips
SET instead = json_object(
    'asked', receipt -> '$.voice.asked',
    'used', receipt -> '$.voice.used',
    'steps', coalesce(receipt -> '$.timeline.voice.steps', json('[]')))
WHERE receipt -> '$.voice.asked' <> receipt -> '$.voice.used';
