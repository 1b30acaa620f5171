// Photos of documents, measured where they are: how wide, and how sharp. No picture leaves the device.

import type { Document } from './api.ts';

export interface Measured {
  picture: Blob;
  width: number;
  /** The variance of the Laplacian of the picture in grey, 256 pixels wide: a blurred edge is a small one. */
  sharpness: number;
}

const MEASURED_WIDTH = 256;
const SPECIMEN = { width: 960, height: 605 };

export async function measure(picture: Blob): Promise<Measured> {
  const bitmap = await createImageBitmap(picture);
  const height = Math.max(3, Math.round((MEASURED_WIDTH * bitmap.height) / bitmap.width));
  const [, brush] = canvas(MEASURED_WIDTH, height);
  brush.drawImage(bitmap, 0, 0, MEASURED_WIDTH, height);
  const { width } = bitmap;
  bitmap.close();
  return { picture, width, sharpness: sharpness(brush.getImageData(0, 0, MEASURED_WIDTH, height)) };
}

/** The variance of the Laplacian: 0 where there is no edge at all. */
export function sharpness({ data, width, height }: Pick<ImageData, 'data' | 'width' | 'height'>): number {
  const grey = (x: number, y: number) => {
    const at = (y * width + x) * 4;
    return 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
  };
  let [sum, squares, count] = [0, 0, 0];
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const edge = grey(x - 1, y) + grey(x + 1, y) + grey(x, y - 1) + grey(x, y + 1) - 4 * grey(x, y);
      sum += edge;
      squares += edge * edge;
      count += 1;
    }
  }
  return count > 0 ? squares / count - (sum / count) ** 2 : 0;
}

/** What the demo's camera sees: a specimen on a table. */
export async function photograph(document: Document): Promise<Measured> {
  const [surface, brush] = canvas(SPECIMEN.width, SPECIMEN.height);
  drawSpecimen(brush, document);
  const picture = await new Promise<Blob>((done, failed) => surface.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture')))));
  return measure(picture);
}

function canvas(width: number, height: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const surface = Object.assign(document.createElement('canvas'), { width, height });
  return [surface, surface.getContext('2d', { willReadFrequently: true })!];
}

function drawSpecimen(brush: CanvasRenderingContext2D, kind: Document): void {
  const tint = { id_card: '#dfe9f1', passport: '#efe3dc', permit: '#e2eedf' }[kind];
  const box = (x: number, y: number, w: number, h: number, round: number, colour: string) => {
    brush.fillStyle = colour;
    brush.beginPath();
    brush.roundRect(x, y, w, h, round);
    brush.fill();
  };
  box(0, 0, SPECIMEN.width, SPECIMEN.height, 0, '#23302b');
  box(60, 50, 840, 505, 34, tint);
  box(640, 130, 200, 260, 16, '#b9c4cc');
  box(700, 170, 80, 90, 40, '#7f8d97');
  box(670, 280, 140, 110, 50, '#7f8d97');
  brush.fillStyle = '#24323b';
  brush.font = '600 44px sans-serif';
  const lines = ['林一  LIN YI', '1994.12.31', 'SPECIMEN  样本', '1101 0519 •••• ••• 2X'];
  lines.forEach((line, n) => brush.fillText(line, 120, 180 + n * 92));
}
