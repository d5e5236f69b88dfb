//! One place of the JSON Schema, with its references followed.

use serde_json::{Map, Value};

use super::node::{Body, Node, ScalarKind};

/// A schema, seen through its `$ref` and `allOf`, with the limits of the key that leads to it.
#[derive(Clone)]
pub(super) struct View<'s> {
    root: &'s Value,
    layers: Vec<&'s Map<String, Value>>,
    outer: Vec<&'s Map<String, Value>>,
}

impl<'s> View<'s> {
    pub fn new(root: &'s Value, schema: &'s Value) -> View<'s> {
        let mut layers = Vec::new();
        let mut next = Some(schema);
        while let Some(object) = next.and_then(Value::as_object) {
            layers.push(object);
            let reference = object.get("$ref").and_then(Value::as_str);
            next = match reference.and_then(|path| path.strip_prefix('#')) {
                Some(pointer) => root.pointer(pointer),
                None => object.get("allOf").and_then(|all| all.get(0)),
            };
        }
        View { root, layers, outer: Vec::new() }
    }

    /// A keyword of the schema itself.
    pub fn get(&self, keyword: &str) -> Option<&'s Value> {
        self.layers.iter().find_map(|layer| layer.get(keyword))
    }

    /// A limit: the nearest to the key counts.
    pub fn limit(&self, keyword: &str) -> Option<&'s Value> {
        self.outer.iter().chain(&self.layers).find_map(|layer| layer.get(keyword))
    }

    /// A schema below this one.
    pub fn below(&self, schema: &'s Value) -> View<'s> {
        View::new(self.root, schema)
    }

    /// A schema below this one that the same limits hold for: an alternative, or an item.
    pub fn within(&self, schema: &'s Value) -> View<'s> {
        let mut view = self.below(schema);
        view.outer = self.outer.iter().chain(&self.layers).copied().collect();
        view
    }

    pub fn text(&self, keyword: &str) -> Option<&'s str> {
        self.get(keyword)?.as_str()
    }

    /// The words that are accepted, if only words are.
    pub fn words(&self) -> Vec<&'s str> {
        let listed = self.get("enum").and_then(Value::as_array).into_iter().flatten();
        let chosen = self.get("oneOf").and_then(Value::as_array).into_iter().flatten();
        let chosen = chosen.flat_map(|choice| {
            let one = choice.get("const").into_iter();
            one.chain(choice.get("enum").and_then(Value::as_array).into_iter().flatten())
        });
        listed.chain(chosen).chain(self.get("const")).filter_map(Value::as_str).collect()
    }

    pub fn branches(&self) -> Option<Vec<View<'s>>> {
        let branches = self.get("anyOf")?.as_array()?;
        Some(branches.iter().map(|branch| self.within(branch)).collect())
    }

    fn types(&self) -> Vec<&'s str> {
        match self.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    pub fn takes(&self, kind: &str) -> bool {
        self.types().contains(&kind)
    }

    /// Is the node of the sort that this schema describes, right or wrong in detail?
    pub fn fits(&self, node: &Node) -> bool {
        match &node.body {
            Body::Sequence(_) => self.takes("array"),
            Body::Mapping(_) => self.takes("object"),
            Body::Scalar(scalar) => match scalar.kind {
                ScalarKind::Text => self.takes("string"),
                ScalarKind::Whole(_) => self.takes("integer") || self.takes("number"),
                ScalarKind::Float(_) => self.takes("number"),
                ScalarKind::Bool => self.takes("boolean"),
                ScalarKind::Null => false,
            },
        }
    }

    /// Properties by name, in the order of the types.
    pub fn properties(&self) -> Option<&'s Map<String, Value>> {
        self.get("properties")?.as_object()
    }

    /// The schema for the values of a dictionary, and whether its keys are whole numbers.
    pub fn dictionary(&self) -> Option<(View<'s>, bool)> {
        if let Some(patterns) = self.get("patternProperties").and_then(Value::as_object) {
            return patterns.values().next().map(|schema| (self.within(schema), true));
        }
        let values = self.get("additionalProperties")?;
        values.is_object().then(|| (self.within(values), false))
    }

    pub fn required(&self) -> Vec<&'s str> {
        let names = self.get("required").and_then(Value::as_array).into_iter().flatten();
        names.filter_map(Value::as_str).collect()
    }

    /// What is wanted, in a message.
    pub fn noun(&self) -> &'static str {
        let types = self.types();
        if !self.words().is_empty() {
            return "a word";
        }
        match types.first() {
            Some(&"object") => "a group of keys",
            Some(&"array") => "a list",
            Some(&"integer") => "a whole number",
            Some(&"number") => "a number",
            Some(&"boolean") => "true or false",
            _ => "text",
        }
    }
}
