import { beforeEach, describe, expect, it } from 'vitest';
import { aTimeline } from '../testing/timeline';
import { type Memory, Player } from './player';
import type { Sounding } from './sound';

/** Time and the screen's beat by hand. */
class Hand {
  ms = 0;
  tick: (() => void) | null = null;
  now = () => this.ms;
  every = (tick: () => void) => {
    this.tick = tick;
    return () => (this.tick = null);
  };
  /** Lets time pass, a picture every 20 ms. */
  pass(ms: number) {
    for (let left = ms; left > 0; left -= 20) {
      this.ms += Math.min(20, left);
      this.tick?.();
    }
  }
}

class Speaker implements Sounding {
  log: string[] = [];
  ahead: number | null = null;
  failure: 'voice' | 'music' | null = null;
  begin = (ms: number, rate: number) => void this.log.push(`begin ${Math.round(ms)} ${rate}`);
  follow = () => this.ahead;
  align = (ms: number) => void this.log.push(`align ${Math.round(ms)}`);
  stop = () => void this.log.push('stop');
  setVolume = (volume: number) => void this.log.push(`volume ${volume}`);
  failed = () => this.failure;
  end = () => void this.log.push('end');
}

describe('the player', () => {
  let hand: Hand;
  let speaker: Speaker;
  let player: Player;
  let fail: () => void;
  const make = (memory?: Memory) =>
    new Player(
      aTimeline(),
      (onFailure) => {
        fail = onFailure;
        return speaker;
      },
      memory,
      hand,
    );

  beforeEach(() => {
    hand = new Hand();
    speaker = new Speaker();
    player = make();
  });

  it('goes on with the time, and stands still on a frame when it is paused', () => {
    player.play();
    hand.pass(1010);
    expect(player.time()).toBeCloseTo(1010);
    player.pause();
    expect(player.time()).toBe(1000);
    hand.pass(500);
    expect(player.time()).toBe(1000);
    expect(speaker.log.slice(-2)).toEqual(['begin 0 1', 'stop']);
  });

  it('stops at the last frame, and begins anew when it is played from there', () => {
    player.play();
    hand.pass(4000);
    expect(player.playing()).toBe(false);
    expect(player.frame()).toBe(89);
    player.play();
    expect(player.time()).toBe(0);
  });

  it('goes to frames, never between or beyond them', () => {
    player.seek(1017);
    expect(player.frame()).toBe(30);
    expect(player.time()).toBe(1000);
    player.seek(99_999);
    expect(player.frame()).toBe(89);
    player.seek(Number.NaN);
    expect(player.frame()).toBe(0);
  });

  it('steps by frames and stands still for it', () => {
    player.play();
    hand.pass(500);
    player.step(1);
    expect(player.playing()).toBe(false);
    expect(player.frame()).toBe(16);
    player.step(-3);
    expect(player.frame()).toBe(13);
    player.step(-99);
    expect(player.frame()).toBe(0);
  });

  it('shuttles in both directions and stops at the start', () => {
    player.seek(1000);
    player.faster();
    player.faster();
    hand.pass(500);
    expect(player.time()).toBeCloseTo(2000);
    player.slower();
    player.slower();
    expect(player.state().rate).toBe(-1);
    hand.pass(3000);
    expect(player.time()).toBe(0);
    expect(player.playing()).toBe(false);
  });

  it('plays a marked stretch again and again', () => {
    player.seek(1000);
    player.markIn();
    player.seek(1967);
    player.markOut();
    expect(player.state().loop).toEqual({ inMs: 1000, outMs: 2000 });
    player.seek(1900);
    player.play();
    hand.pass(180);
    expect(player.time()).toBeGreaterThanOrEqual(1000);
    expect(player.time()).toBeLessThan(1200);
    expect(player.playing()).toBe(true);
  });

  it('gives up an end that comes before a new beginning', () => {
    player.seek(500);
    player.markOut();
    player.seek(1000);
    player.markIn();
    expect(player.state().loop).toEqual({ inMs: 1000, outMs: null });
    player.clearLoop();
    expect(player.state().loop).toEqual({ inMs: null, outMs: null });
  });

  it('follows the voice where that is a little ahead, and moves it where it is far off', () => {
    player.play();
    hand.pass(100);
    speaker.ahead = 50;
    hand.pass(20);
    expect(player.time()).toBeCloseTo(130);
    speaker.ahead = -900;
    hand.pass(20);
    expect(player.time()).toBeCloseTo(150);
    expect(speaker.log).toContain('align 150');
  });

  it('goes on without any sound', () => {
    speaker.ahead = null;
    player.play();
    hand.pass(1000);
    expect(player.time()).toBeCloseTo(1000);
  });

  it('says when a sound file does not play', () => {
    speaker.failure = 'voice';
    fail();
    expect(player.state().unheard).toBe('voice');
  });

  it('goes on at the same place with another timeline', () => {
    const memory = { ms: 0, volume: 0.5 };
    const first = make(memory);
    first.seek(1500);
    const second = make(memory);
    expect(second.time()).toBe(1500);
    expect(second.state().volume).toBe(0.5);
    expect(second.playing()).toBe(false);
  });

  it('is silent and still after its end', () => {
    player.play();
    player.end();
    expect(player.playing()).toBe(false);
    expect(hand.tick).toBeNull();
    expect(speaker.log.at(-1)).toBe('end');
  });
});
