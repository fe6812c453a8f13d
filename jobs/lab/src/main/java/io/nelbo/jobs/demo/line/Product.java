package io.nelbo.jobs.demo.line;

import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * What the line makes: an outline with a bore and holes, in units of half a frame around its
 * middle.
 *
 * @param outline of the plate
 * @param bore radius of the hole in its middle
 * @param holes middles of the small holes
 */
record Product(Shape outline, double bore, List<Point2D> holes) {
  static final double HOLE = 0.09;

  /** A square plate with rounded corners and four holes. */
  static final Product FLANGE =
      new Product(
          new RoundRectangle2D.Double(-0.66, -0.66, 1.32, 1.32, 0.4, 0.4),
          0.22,
          around(4, 0.63, Math.PI / 4));

  /** A hexagonal plate with three holes. */
  static final Product COVER = new Product(polygon(6, 0.74), 0.13, around(3, 0.46, Math.PI / 2));

  /** The plate without what was drilled out of it. */
  Shape surface(int undrilled) {
    Area area = new Area(outline);
    area.subtract(new Area(circle(new Point2D.Double(0, 0), bore)));
    for (int hole = 0; hole < holes.size(); hole++) {
      if (hole != undrilled) {
        area.subtract(new Area(circle(holes.get(hole), HOLE)));
      }
    }
    return area;
  }

  private static Shape circle(Point2D middle, double radius) {
    return new Ellipse2D.Double(
        middle.getX() - radius, middle.getY() - radius, 2 * radius, 2 * radius);
  }

  private static List<Point2D> around(int count, double radius, double first) {
    List<Point2D> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double angle = first + 2 * Math.PI * i / count;
      points.add(new Point2D.Double(radius * Math.cos(angle), radius * Math.sin(angle)));
    }
    return List.copyOf(points);
  }

  private static Shape polygon(int corners, double radius) {
    Path2D path = new Path2D.Double();
    List<Point2D> points = around(corners, radius, 0);
    path.moveTo(points.get(0).getX(), points.get(0).getY());
    points.stream().skip(1).forEach(point -> path.lineTo(point.getX(), point.getY()));
    path.closePath();
    return path;
  }
}
