//! Binary STL.

use nalgebra::Point3;

use super::Mesh;
use crate::geometry::error::GeometryError;

/// The file's bytes. Normals are those of the triangles.
pub fn write(mesh: &Mesh) -> Result<Vec<u8>, GeometryError> {
    let facet = |triangle: &[u32; 3]| {
        let corners = mesh.corners(*triangle);
        let [first, second, third] = corners;
        let normal = (second - first).cross(&(third - first)).normalize();
        stl_io::Triangle {
            normal: stl_io::Normal::new(normal.map(|value| value as f32).into()),
            vertices: corners.map(|corner| stl_io::Vertex::new(single(corner))),
        }
    };
    let facets: Vec<stl_io::Triangle> = mesh.triangles.iter().map(facet).collect();
    let mut bytes = vec![];
    stl_io::write_stl(&mut bytes, facets.iter())
        .map_err(|error| GeometryError::Stl(error.to_string()))?;
    Ok(bytes)
}

fn single(point: Point3<f64>) -> [f32; 3] {
    point.coords.map(|value| value as f32).into()
}
